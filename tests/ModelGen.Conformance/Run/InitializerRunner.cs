using System.Text.Json;

namespace ModelGen.Conformance;

/// <summary>Initial weights: bounds and standard deviations of many draws, and orthogonality exactly.</summary>
internal static class InitializerRunner
{
    private const int Draws = 400_000;

    /// <summary>The deviation of so many draws strays by 0.1 % to 0.2 %; a wrong fan or gain is off by far more than this.</summary>
    private const double RelativeTolerance = 0.01;

    /// <summary>One result for each layer and initializer of the file.</summary>
    public static IEnumerable<CaseResult> Run(CaseFile file)
    {
        if (!file.Root!.Value.TryGetProperty("layers", out var layers) || layers.ValueKind != JsonValueKind.Array)
        {
            yield return CaseResult.Failed(file.Path, "malformed file", $"{file.Path}: it has no list 'layers'");
            yield break;
        }
        foreach (var layer in layers.EnumerateArray())
            foreach (var expected in layer.GetProperty("expected").EnumerateObject())
                yield return Run(layer, expected.Name, expected.Value);
    }

    private static CaseResult Run(JsonElement layer, string name, JsonElement expected)
    {
        var title = $"{name} of {layer.GetProperty("layer").GetString()}";
        var comparison = new Comparison();
        int fanIn = layer.GetProperty("fan_in").GetInt32(), fanOut = layer.GetProperty("fan_out").GetInt32();
        double Number(string property) => expected.TryGetProperty(property, out var e) ? e.GetDouble() : double.NaN;
        if (Of(name, fanIn, fanOut, Number("std"), Number("gain")) is not { } initializer) comparison.Fail($"ModelGen has no initializer '{name}'");
        else if (initializer.Kind == InitializerKind.Orthogonal) Orthogonality(initializer, expected, comparison);
        else Distribution(initializer, Number("std"), Number("bound"), comparison);
        return new(title, "initializers", comparison, comparison.Failures);
    }

    private static Initializer? Of(string name, int fanIn, int fanOut, double deviation, double gain)
    {
        var relu = MathF.Sqrt(2);
        return name switch
        {
            "xavier_uniform" => new(InitializerKind.XavierUniform, 1, fanIn, fanOut),
            "xavier_normal" => new(InitializerKind.XavierNormal, 1, fanIn, fanOut),
            "kaiming_uniform_relu_fan_in" => new(InitializerKind.KaimingUniform, relu, fanIn, fanOut),
            "kaiming_normal_relu_fan_in" => new(InitializerKind.KaimingNormal, relu, fanIn, fanOut),
            "kaiming_uniform_relu_fan_out" => new(InitializerKind.KaimingUniform, relu, fanOut, fanIn),
            "kaiming_normal_relu_fan_out" => new(InitializerKind.KaimingNormal, relu, fanOut, fanIn),
            "lecun_uniform" => new(InitializerKind.LecunUniform, 0, fanIn, fanOut),
            "lecun_normal" => new(InitializerKind.LecunNormal, 0, fanIn, fanOut),
            "pytorch_layer_default_weight_and_bias" => Initializer.TorchDefault(fanIn),
            // Keras names the deviation by the formula; the initializer takes it and corrects for the truncation.
            "keras_glorot_normal" or "keras_he_normal" or "keras_lecun_normal" => new(InitializerKind.TruncatedNormal, (float)deviation),
            "orthogonal" => new(InitializerKind.Orthogonal, double.IsNaN(gain) ? 1 : (float)gain, fanIn, fanOut),
            _ => null,
        };
    }

    private static void Distribution(Initializer initializer, double deviation, double bound, Comparison comparison)
    {
        var values = new float[Draws];
        var rng = new Rng(1);
        initializer.Fill(values, ref rng);
        var (sum, squares, largest) = (0.0, 0.0, 0.0);
        foreach (double value in values)
        {
            sum += value;
            squares += value * value;
            largest = Math.Max(largest, Math.Abs(value));
        }
        comparison.Compare("outputs", "mean", [(float)(sum / Draws)], [0], (0, RelativeTolerance * deviation));
        comparison.Compare("outputs", "standard deviation", [(float)Math.Sqrt(squares / Draws)], [deviation], (RelativeTolerance, 0));
        if (double.IsNaN(bound)) return;
        if (largest > bound * (1 + 1e-6)) comparison.Fail(FormattableString.Invariant($"|{largest:G9}| is above the bound {bound:G9}"));
        comparison.Compare("outputs", "largest value", [(float)largest], [bound], (RelativeTolerance, 0));
    }

    private static void Orthogonality(Initializer initializer, JsonElement expected, Comparison comparison)
    {
        int rows = expected.GetProperty("rows").GetInt32(), columns = expected.GetProperty("columns").GetInt32();
        var gain = initializer.Parameter;
        var w = new float[rows * columns];
        var rng = new Rng(1);
        initializer.Fill(w, ref rng);
        var (count, length) = rows <= columns ? (rows, columns) : (columns, rows);
        float At(int vector, int i) => rows <= columns ? w[(vector * columns) + i] : w[(i * columns) + vector];
        var products = new float[count * count];
        var identity = new double[count * count];
        for (var a = 0; a < count; a++)
            for (var b = 0; b < count; b++)
            {
                var dot = 0.0;
                for (var i = 0; i < length; i++) dot += (double)At(a, i) * At(b, i);
                products[(a * count) + b] = (float)dot;
                identity[(a * count) + b] = a == b ? gain * gain : 0;
            }
        comparison.Compare("outputs", rows <= columns ? "W·Wᵀ" : "Wᵀ·W", products, identity, (0, 1e-6 * gain * gain));
    }
}
