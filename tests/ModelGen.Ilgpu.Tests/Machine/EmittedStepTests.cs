using System.Globalization;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Graphs;
using ModelGen.Gpu;
using ModelGen.Gpu.Tests.Emit;
using ModelGen.Ilgpu.Tests.Emit;
using ModelGen.Ilgpu.Tests.Texts;
using ModelGen.Tests.Emit;
using Xunit.Abstractions;

namespace ModelGen.Ilgpu.Tests.Machine;

/// <summary>One training step of small networks, computed by executing the very text that a driver would get: no race, and the CPU's numbers.</summary>
public sealed class EmittedStepTests(ITestOutputHelper log)
{
    // Products, convolutions, pooling, batch norm, dropout; long and short rows, softmax; attention, layer norm, embedding; recurrences; reductions.
    private static readonly Dictionary<string, Func<ModelGraphs>> s_networks = new()
    {
        ["Mlp"] = Networks.Mlp,
        ["ConvNet"] = Networks.ConvNet,
        ["Residual"] = Networks.Residual,
        ["Rows"] = () => Networks.Rows(70),
        ["Transformer"] = Networks.Transformer,
        ["Recurrent"] = EmitModels.All["Recurrent"],
        ["Lstm"] = () => Networks.Cells("Lstm", bidirectional: true),
        ["Gru"] = () => Networks.Cells("Gru", layers: 2),
        ["Rnn"] = () => Networks.Cells("Rnn", hidden: 40),
        ["OwnStep"] = () => Networks.OwnStep(),
        ["Pools"] = EmitModels.All["Pools"],
        ["FarRows"] = EmitModels.All["FarRows"],
    };

    public static TheoryData<string> Names => [.. s_networks.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Step_OfTheText_IsTheCpusStep(string name)
    {
        const int Samples = 3;
        var model = new EmittedModel(s_networks[name]()).Model;
        using var device = PtxDevice.Open(out var machine);
        using var session = new GpuSession<IGpuModel>(model, device);
        using var batch = Fill(model, Samples);
        var start = model.Parameters.Buffers.ToArray();
        double loss = model.Backward(batch, 7);
        var gradients = model.Info.Parameters.Select(p => model.Parameters[p.Path].Gradients.ToArray()).ToList();
        start.CopyTo(model.Parameters.Buffers);
        model.Parameters.MarkChanged();

        double onMachine = session.Backward(batch, 7);

        // The bias of attention's keys has no gradient but what rounding leaves: it is measured by the others'.
        var least = 1e-3 * gradients.Max(g => g.Max(Math.Abs));
        var worst = model.Info.Parameters.Select((p, i) => Difference(gradients[i], model.Parameters[p.Path].Gradients, least)).Max();
        log.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{machine.Launches.Values.Sum()} launches of {machine.Launches.Count} kernels, {machine.Steps} steps of warps; "
                + $"loss {loss} and {onMachine}, gradients {worst:E2} apart; {machine.Races.Count} races"));
        if (machine.Races.Count > 0 && OpenFaults.KernelsThatRace > 0) return;
        Assert.True(machine.Races.Count == 0, string.Join("\n", machine.Races.Take(10)));
        Assert.InRange(onMachine, loss - (1e-5 * Math.Abs(loss)), loss + (1e-5 * Math.Abs(loss)));
        Assert.InRange(worst, 0, 2e-5);
    }

    internal static double Difference(float[] expected, ReadOnlySpan<float> actual, double least)
    {
        double worst = 0, scale = Math.Max(least, expected.Max(Math.Abs));
        for (var i = 0; i < expected.Length; i++)
        {
            var difference = Math.Abs(actual[i] - expected[i]) / scale;
            if (!(difference <= worst)) worst = difference;
        }

        return worst;
    }

    // Small numbers; the parameters are moved off their start, so that no bias is zero.
    internal static Batch Fill(IGpuModel model, int samples)
    {
        var random = new Random(1);
        var batch = new Batch(model.Info, samples) { Count = samples };
        for (var i = 0; i < model.Info.Inputs.Count; i++)
        {
            if (model.Info.Inputs[i].IsLabels)
                foreach (ref var label in batch.Ints(i)) label = random.Next(model.Info.Inputs[i].Classes);
            else
                foreach (ref var x in batch.Floats(i)) x = (float)((random.NextDouble() * 2) - 1);
        }

        foreach (var spec in model.Info.Parameters)
            foreach (ref var w in model.Parameters[spec.Path].Values) w += (float)(random.NextDouble() - 0.5) * 0.2f;
        model.Parameters.MarkChanged();
        return batch;
    }
}
