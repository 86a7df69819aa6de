using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Generator.Passes;

/// <summary>The matrices of Winograd's minimal filtering F(m, r): m outputs of a filter of r taps with m + r - 1 products instead of m·r:
/// <c>y = Aᵀ[(G g) ⊙ (Bᵀ d)]</c>, where d are the m + r - 1 inputs that the outputs see.</summary>
/// <remarks>Built by Toom–Cook interpolation at the points 0, 1, -1, 2, -2, … and infinity (Lavin and Gray, "Fast Algorithms for Convolutional Neural
/// Networks", 2016; Blahut, "Fast Algorithms for Signal Processing", ch. 5). Each row of Bᵀ holds the coefficients of the polynomial that vanishes at all other
/// points,
/// so B has small integers only and the fractions are in G. More points cost accuracy: their powers grow.</remarks>
internal sealed class WinogradMatrices
{
    /// <summary>Most products along one axis.</summary>
    public const int MostPoints = 8;

    /// <summary>Most products along one axis where digits matter.</summary>
    public const int AccuratePoints = 4;

    private static readonly double[] Points = { 0, 1, -1, 2, -2, 0.5, -0.5 };

    private WinogradMatrices(int outputs, int taps)
    {
        (Outputs, Taps) = (outputs, taps);
        var points = Points.Take(Products - 1).ToArray();
        Output = Matrix(outputs, Products, (j, p) => p < points.Length ? Power(points[p], j) : j == outputs - 1 ? 1 : 0);
        Filter = Matrix(Products, taps, (p, k) => p < points.Length ? Power(points[p], k) / Others(points, p).Aggregate(1.0, (n, q) => n * (points[p] - q))
            : k == taps - 1 ? 1 : 0);
        var rows = Enumerable.Range(0, Products).Select(p => Polynomial(Others(points, p))).ToArray();
        Input = Matrix(Products, Products, (p, i) => i < rows[p].Count ? rows[p][i] : 0);
    }

    /// <summary>m: outputs of a tile along one axis.</summary>
    public int Outputs { get; }

    /// <summary>r: taps of the filter along one axis.</summary>
    public int Taps { get; }

    /// <summary>m + r - 1: products along one axis, and inputs of a tile.</summary>
    public int Products => Outputs + Taps - 1;

    /// <summary>Aᵀ, m × (m + r - 1).</summary>
    public double[,] Output { get; }

    /// <summary>G, (m + r - 1) × r.</summary>
    public double[,] Filter { get; }

    /// <summary>Bᵀ, (m + r - 1) × (m + r - 1).</summary>
    public double[,] Input { get; }

    /// <summary>Most products along one axis for a choice of <c>ModelGen.Winograd</c>: Fast, Accurate, Off.</summary>
    public static int PointsOf(int choice) => choice switch { 0 => MostPoints, 1 => AccuratePoints, _ => 0 };

    public static WinogradMatrices Of(int outputs, int taps) => new(outputs, taps);

    public static double[,] Transposed(double[,] matrix) => Matrix(matrix.GetLength(1), matrix.GetLength(0), (i, j) => matrix[j, i]);

    /// <summary>The columns in reverse order: for a filter whose taps count down.</summary>
    public static double[,] Reversed(double[,] matrix) => Matrix(matrix.GetLength(0), matrix.GetLength(1), (i, j) => matrix[i, matrix.GetLength(1) - 1 - j]);

    private static IReadOnlyList<double> Others(double[] points, int point) => points.Where((_, q) => q != point).ToList();

    // Coefficients of Π (x - root), the constant first.
    private static IReadOnlyList<double> Polynomial(IReadOnlyList<double> roots)
    {
        var coefficients = new List<double> { 1 };
        foreach (var root in roots)
        {
            coefficients.Insert(0, 0);
            for (var i = 0; i + 1 < coefficients.Count; i++) coefficients[i] -= root * coefficients[i + 1];
        }
        return coefficients;
    }

    private static double Power(double x, int exponent) => Enumerable.Repeat(x, exponent).Aggregate(1.0, (p, v) => p * v);

    private static double[,] Matrix(int rows, int columns, System.Func<int, int, double> element)
    {
        var matrix = new double[rows, columns];
        for (var i = 0; i < rows; i++)
            for (var j = 0; j < columns; j++) matrix[i, j] = element(i, j);
        return matrix;
    }
}
