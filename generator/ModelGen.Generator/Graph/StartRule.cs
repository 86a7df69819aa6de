using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;

namespace ModelGen.Generator.Graphs;

/// <summary>The runtime's Init: how a parameter starts, before its fans are known.</summary>
/// <param name="Kind">The runtime's InitializerKind.</param>
/// <param name="CountsOutputs">Whether the fan-out stands in the place of the fan-in.</param>
internal sealed record StartRule(string Kind, double Value = 0, double Mean = 0, bool CountsOutputs = false)
{
    /// <summary>The runtime's Nonlinearity, in its order.</summary>
    public static readonly IReadOnlyList<string> Nonlinearities = new[] { "Linear", "Sigmoid", "Tanh", "Relu", "LeakyRelu", "Selu" };

    private static readonly Regex s_call = new(@"\G\.?(?<name>[A-Za-z]+)(\((?<arguments>[^()]*)\))?", RegexOptions.CultureInvariant);

    private const string Choices = "TorchDefault, XavierUniform, XavierNormal, KaimingUniform, KaimingNormal, LecunUniform, LecunNormal, Orthogonal, "
        + "Zeros, Ones, "
        + "Constant(c), Uniform(low, high), Normal(deviation), TruncatedNormal(deviation)";

    private bool HasGain => IsXavier || IsKaiming || Kind == "Orthogonal";

    public bool IsXavier => Kind.StartsWith("Xavier", StringComparison.Ordinal);

    public bool IsKaiming => Kind.StartsWith("Kaiming", StringComparison.Ordinal);

    /// <summary>True where all elements are one number.</summary>
    public bool IsConstant => Kind is "Zeros" or "Ones" or "Constant";

    /// <summary>The initial values of a parameter of these fans.</summary>
    public Initialization For(int fanIn, int fanOut) => IsConstant || Kind is "Uniform" or "Normal" or "TruncatedNormal"
        ? new(Kind, Value: Value, Mean: Mean)
        : new(Kind, CountsOutputs ? fanOut : fanIn, IsXavier ? fanOut : 0, Value);

    /// <summary>A member of Init applied to its arguments; <paramref name="rule"/> is what an instance member is called on.</summary>
    /// <exception cref="FormatException">There is none, or not for these arguments.</exception>
    public static StartRule Apply(StartRule? rule, string member, params double[] x)
    {
        static double Single(double value) => (double)(float)value;
        double Positive(double value, string what) => value > 0 ? value : throw new FormatException($"Init.{member} needs {what} above 0, got {Text(value)}");
        switch (member, x.Length)
        {
            case ("TorchDefault" or "Zeros" or "Ones" or "LecunUniform" or "LecunNormal", 0) when rule is null: return new(member);
            case ("XavierUniform" or "XavierNormal" or "Orthogonal", 0) when rule is null: return new(member, 1);
            case ("KaimingUniform" or "KaimingNormal", 0) when rule is null: return new(member, Single(Math.Sqrt(2)));
            case ("Constant", 1) when rule is null: return new(member, x[0]);
            case ("Uniform", 2) when rule is null:
                return x[1] > x[0] ? new(member, Single((x[1] - x[0]) / 2), Single((x[1] + x[0]) / 2))
                : throw new FormatException($"Init.Uniform needs an upper bound that lies above the lower, got {Text(x[0])} and {Text(x[1])}");
            case ("Normal" or "TruncatedNormal", 1 or 2) when rule is null: return new(member, Positive(x[0], "a deviation"), x.Length == 2 ? x[1] : 0);
            case ("Gain", 1) when rule is not null: return rule.WithGain(Positive(x[0], "a gain"));
            case ("For", 1 or 2) when rule is not null: return rule.WithGain(Single(GainFor((int)x[0], x.Length == 2 ? x[1] : (double)0.01f)));
            case ("FanOut", 0) when rule
                is { Kind: "KaimingUniform" or "KaimingNormal" or "LecunUniform" or "LecunNormal" }:
                return rule with { CountsOutputs = true };
            case ("FanOut", 0) when rule is not null: throw new FormatException($"Init.{rule.Kind} does not count inputs alone");
            default:
                throw new FormatException(rule is null
                    ? $"Init has no '{member}' of {Text(x.Length)} numbers; it has {Choices}"
                    : $"Init has no '{member}' after {rule.Kind}; it has Gain(g), For(nonlinearity), FanOut()");
        }
    }

    /// <summary>The rule that a text names: <c>KaimingNormal</c>, <c>Normal(0.02)</c>, <c>XavierUniform.For(Tanh)</c>.</summary>
    /// <exception cref="FormatException">It names none.</exception>
    public static StartRule Parse(string text)
    {
        StartRule? rule = null;
        var end = 0;
        for (var call = s_call.Match(text); call.Success; call = call.NextMatch())
        {
            var arguments = call.Groups["arguments"].Value.Split(',').Select(a => a.Trim()).Where(a => a.Length > 0).Select(Number);
            rule = Apply(rule, call.Groups["name"].Value, arguments.ToArray());
            end = call.Index + call.Length;
        }
        return rule is not null
            && end == text.Length ? rule : throw new FormatException($"'{text}' is no initialiser; write for example KaimingNormal or Normal(0.02)");
    }

    private StartRule WithGain(double gain) => HasGain ? this with { Value = gain } : throw new FormatException($"Init.{Kind} has no gain");

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static double Number(string text)
    {
        for (var i = 0; i < Nonlinearities.Count; i++)
            if (Nonlinearities[i] == text) return i;
        return float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
            : throw new FormatException($"'{text}' is no number");
    }

    private static double GainFor(int nonlinearity, double slope) =>
        (nonlinearity >= 0 && nonlinearity < Nonlinearities.Count ? Nonlinearities[nonlinearity] : "") switch
        {
            "Linear" or "Sigmoid" => 1,
            "Tanh" => 5.0 / 3,
            "Relu" => Math.Sqrt(2),
            "LeakyRelu" => Math.Sqrt(2 / (1 + slope * slope)),
            "Selu" => 0.75,
            _ => throw new FormatException($"There is no nonlinearity {Text(nonlinearity)}"),
        };
}
