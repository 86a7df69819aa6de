using System.Text.RegularExpressions;
using ModelGen.Generator.Graphs;
using ModelGen.Gpu;
using ModelGen.Gpu.Tests.Emit;
using ModelGen.Ilgpu.Tests.Emit;
using ModelGen.Ilgpu.Tests.Rules;
using Xunit.Abstractions;

namespace ModelGen.Ilgpu.Tests.Machine;

/// <summary>Products on tensor cores, computed by executing the very text that a driver would get: no race, and the CPU's numbers but for the rounding of
/// factors.</summary>
public sealed partial class TensorStepTests(ITestOutputHelper log)
{
    // Both factors are off by 2^-11 at most, and their errors add up like a walk: measured 1.0e-3 at most for gradients behind several layers.
    private const double Tolerance = 2e-3;

    /// <summary>Convolutions, matrices and all gradients, in sizes that no tile divides.</summary>
    [Fact]
    public void Step_OfTheText_IsTheCpusStep()
    {
        const int Samples = 2;
        var model = new EmittedModel(Networks.Wide(), forTensorCores: true).Model;
        using var device = PtxDevice.Open(out var machine, hasTensorCores: true);
        using var session = new GpuSession<IGpuModel>(model, device);
        using var batch = EmittedStepTests.Fill(model, Samples);
        double loss = model.Backward(batch, 7);
        var gradients = model.Info.Parameters.Select(p => model.Parameters[p.Path].Gradients.ToArray()).ToList();

        double onMachine = session.Backward(batch, 7);

        var differences = model.Info.Parameters.Select((p, i) => EmittedStepTests.Difference(gradients[i], model.Parameters[p.Path].Gradients, 0)).ToList();
        log.WriteLine(FormattableString.Invariant($"loss {loss} and {onMachine}, gradients apart by"));
        log.WriteLine(string.Join(" ", differences.Select(d => FormattableString.Invariant($"{d:E1}"))));
        Assert.True(session.UsesTensorCores);
        Assert.Equal(9, machine.Launches.Keys.Count(k => k.EndsWith("_Tensor", StringComparison.Ordinal)));
        Assert.Empty(machine.Races);
        Assert.InRange(onMachine, loss * (1 - Tolerance), loss * (1 + Tolerance));
        // Below, it would not have been TensorFloat32.
        Assert.InRange(differences.Max(), 1e-4, Tolerance);
    }

    /// <summary>Whole tiles and parts of them, and sums so long that their errors are those of practice.</summary>
    [Theory]
    [InlineData(1, 64, 64)]
    [InlineData(4, 128, 64)]
    [InlineData(2, 68, 100)]
    [InlineData(1, 196, 72)]
    [InlineData(1, 64, 576)]
    [InlineData(1, 64, 1024)]
    [InlineData(1, 64, 4096)]
    public void Product_OfTheText_IsTheCpus(int samples, int n, int k)
    {
        var (expected, actual, machine) = Predict(Networks.Product(n, k), samples);

        var difference = EmittedStepTests.Difference(expected, actual, 0);
        log.WriteLine(FormattableString.Invariant($"{samples * 35}x{n}, sums of {k}: {difference:E1} of the largest element"));
        Assert.Empty(machine.Races);
        Assert.InRange(difference, 1e-5, Tolerance);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Convolution_OfTheText_IsTheCpus(int stride)
    {
        var (expected, actual, machine) = Predict(Networks.Convolution(stride), 1);

        var difference = EmittedStepTests.Difference(expected, actual, 0);
        log.WriteLine(FormattableString.Invariant($"3x3, 64 channels, stride {stride}: {difference:E1} of the largest element"));
        Assert.Empty(machine.Races);
        Assert.InRange(difference, 1e-5, Tolerance);
    }

    [Fact]
    public void Without_TensorCores_TheProductIsInFp32()
    {
        var (expected, actual, machine) = Predict(Networks.Product(68, 100), 2, hasTensorCores: false);

        var difference = EmittedStepTests.Difference(expected, actual, 0);
        log.WriteLine(FormattableString.Invariant($"{difference:E1} of the largest element"));
        Assert.Empty(machine.Races);
        Assert.InRange(difference, 0, 2e-6);
    }

    /// <summary>The device's own NaN has all bits set: what rounds it by an addition alone makes a zero of it.</summary>
    [Fact]
    public void NaN_StaysNaN()
    {
        var (_, actual, _) = Predict(Networks.Product(64, 64), 1, batch => batch.Floats(0)[5] = BitConverter.UInt32BitsToSingle(0x7FFFFFFF));

        Assert.All(actual[..64], y => Assert.True(float.IsNaN(y)));
        Assert.All(actual[64..], y => Assert.True(float.IsFinite(y)));
    }

    [Theory]
    [InlineData("no barrier", "which nobody has written", true)]
    [InlineData("barrier behind the copies", "writes what another thread has read since the last barrier", true)]
    [InlineData("no wait", "has not delivered", false)]
    [InlineData("wait that comes a step late", "has not delivered", false)]
    [InlineData("no group of copies", "has not delivered", false)]
    public void Text_ThatIsDamaged_IsFound(string damage, string finding, bool breaksTheRule)
    {
        var text = "";
        var machine = (PtxMachine?)null;
        string Damaged(string ptx) => text = damage switch
        {
            "no barrier" => BarrierOfTheLoop().Replace(ptx, "$1$3"),
            "barrier behind the copies" => BarrierOfTheLoop().Replace(ptx, "$1$3$2"),
            "no wait" => ptx.Replace("cp.async.wait_group 1;", "", StringComparison.Ordinal),
            "wait that comes a step late" => ptx.Replace("cp.async.wait_group 1;", "cp.async.wait_group 2;", StringComparison.Ordinal),
            _ => ptx.Replace("cp.async.commit_group;", "", StringComparison.Ordinal),
        };

        var stopped = Record.Exception(() => Predict(Networks.Product(68, 100), 2, use: m => (machine = m).Rewrite = Damaged));

        Assert.Contains(machine!.Races.Append(stopped?.Message ?? ""), r => r.Contains(finding, StringComparison.Ordinal));
        Assert.Equal(breaksTheRule, BarrierRule.Find(PtxReader.Read(text)).Count > 0);
    }

    private static (float[] Expected, float[] Actual, PtxMachine Machine) Predict(
        ModelGraphs graphs, int samples, Action<Batch>? change = null, Action<PtxMachine>? use = null, bool hasTensorCores = true)
    {
        var model = new EmittedModel(graphs, forTensorCores: true).Model;
        using var device = PtxDevice.Open(out var machine, hasTensorCores);
        use?.Invoke(machine);
        using var session = new GpuSession<IGpuModel>(model, device);
        Assert.Equal(hasTensorCores, session.UsesTensorCores);
        using var batch = EmittedStepTests.Fill(model, samples);
        change?.Invoke(batch);
        float[] expected = new float[samples * model.Info.OutputLength], actual = new float[expected.Length];
        model.Predict(batch, expected);
        session.Predict(batch, actual);
        return (expected, actual, machine);
    }

    [GeneratedRegex(@"(cp\.async\.wait_group 1;\s*)(bar\.sync\s+0;)(.*?cp\.async\.commit_group;)", RegexOptions.Singleline)]
    private static partial Regex BarrierOfTheLoop();
}
