using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Cpu;

/// <summary>Prints the product of a small literal matrix with values in registers, with as few operations as its symmetry allows: where two columns
/// (or rows) differ in signs only, their sum and difference are formed once.</summary>
internal sealed class MatrixProduct
{
    private readonly CodeWriter _writer;
    private readonly Isa _isa;
    private readonly string _prefix;
    private int _names;

    private MatrixProduct(CodeWriter writer, Isa isa, string prefix) => (_writer, _isa, _prefix) = (writer, isa, prefix);

    /// <summary>Writes the products as <c>var names[i] = Σ_j matrix[i, j]·inputs[j];</c>.</summary>
    /// <param name="prefix">Begins the names of intermediate values.</param>
    public static void Write(CodeWriter writer, Isa isa, double[,] matrix, IReadOnlyList<string> inputs, IReadOnlyList<string> names, string prefix) =>
        new MatrixProduct(writer, isa, prefix).Write(matrix, inputs, names);

    private void Write(double[,] matrix, IReadOnlyList<string> inputs, IReadOnlyList<string> names)
    {
        var rows = Enumerable.Range(0, matrix.GetLength(0)).Select(i => Enumerable.Range(0, matrix.GetLength(1)).Select(j => matrix[i, j]).ToList()).ToList();
        var values = inputs.ToList();
        PairColumns(rows, values);
        var done = new bool[rows.Count];
        for (var i = 0; i < rows.Count; i++)
        {
            if (done[i]) continue;
            done[i] = true;
            var partner = Enumerable.Range(i + 1, rows.Count - i - 1).Where(k => !done[k] && Differ(rows[i], rows[k])).Cast<int?>().FirstOrDefault();
            if (partner is not { } j || rows[i].Count(c => c != 0) < 3)
            {
                _writer.Line($"var {names[i]} = {Sum(rows[i], values)};");
                continue;
            }
            done[j] = true;
            var even = Named(Sum(rows[i].Select((c, k) => c == rows[j][k] ? c : 0).ToList(), values));
            var odd = Named(Sum(rows[i].Select((c, k) => c != rows[j][k] ? c : 0).ToList(), values));
            _writer.Line($"var {names[i]} = {even} + {odd};");
            _writer.Line($"var {names[j]} = {even} - {odd};");
        }
    }

    // Columns that differ in signs only, in enough rows to pay for their sum and difference.
    private void PairColumns(List<List<double>> rows, List<string> values)
    {
        for (var a = 0; a < values.Count; a++)
            for (var b = a + 1; b < values.Count; b++)
            {
                var (first, second) = (rows.Select(r => r[a]).ToList(), rows.Select(r => r[b]).ToList());
                if (!Differ(first, second) || first.Count(c => c != 0) < 3) continue;
                var (x, y) = (values[a], values[b]);
                (values[a], values[b]) = (Named($"{x} + {y}"), Named($"{x} - {y}"));
                foreach (var row in rows) (row[a], row[b]) = row[a] == row[b] ? (row[a], 0.0) : (0.0, row[a]);
                break;
            }
    }

    private static bool Differ(IReadOnlyList<double> x, IReadOnlyList<double> y)
    {
        var all = Enumerable.Range(0, x.Count).ToList();
        return all.All(k => Math.Abs(x[k]) == Math.Abs(y[k])) && all.Any(k => x[k] != 0 && x[k] == y[k]) && all.Any(k => x[k] != y[k]);
    }

    private string Named(string value)
    {
        var name = _prefix + _names++.ToString(System.Globalization.CultureInfo.InvariantCulture);
        _writer.Line($"var {name} = {value};");
        return name;
    }

    private string Sum(IReadOnlyList<double> coefficients, IReadOnlyList<string> values)
    {
        var terms = Enumerable.Range(0, values.Count).Where(k => coefficients[k] != 0).OrderBy(k => coefficients[k] == 1 ? 0 : 1).ToList();
        if (terms.Count == 0) return _isa.Constant(0);
        var text = "";
        foreach (var k in terms)
        {
            var (c, x) = (coefficients[k], values[k]);
            if (text.Length == 0) text = c == 1 ? x : $"{_isa.Constant(c)} * {x}";
            else text = c == 1 ? $"{text} + {x}" : c == -1 ? $"{text} - {x}" : _isa.MultiplyAdd(x, _isa.Constant(c), text);
        }
        return text;
    }
}
