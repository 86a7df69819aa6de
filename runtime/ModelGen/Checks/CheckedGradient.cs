using System.Globalization;

namespace ModelGen;

/// <summary>Describes one element of a parameter: its gradient and the slope of the loss there.</summary>
/// <param name="Parameter">The parameter's path.</param>
/// <param name="Position">Its place along each axis.</param>
/// <param name="Gradient">∂loss/∂w by the generated code, in float.</param>
/// <param name="Slope">The central difference in double precision.</param>
/// <param name="Left">The slope on the side of smaller w.</param>
/// <param name="Right">The slope on the side of larger w.</param>
/// <param name="Error">|Gradient − Slope| relative to the parameter's <see cref="ParameterGradientCheck.Scale"/>.</param>
public sealed record CheckedGradient(string Parameter, IReadOnlyList<int> Position, double Gradient, double Slope, double Left, double Right, double Error)
{
    /// <summary>Gets the element as C# would write it: <c>fc1.weight[3,17]</c>.</summary>
    public string Name => Parameter + "[" + string.Join(",", Position.Select(p => p.ToString(CultureInfo.InvariantCulture))) + "]";

    /// <summary>Returns the element as text: <c>fc1.weight[3,17]: gradient 1.25000E-03, slope 1.25001E-03, error 8.1E-06</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}: gradient {Gradient:0.00000E-00}, slope {Slope:0.00000E-00}, error {Error:0.0E-00}");
}
