using ModelGen.Gpu;
using ModelGen.Gpu.Tests.Session;

namespace ModelGen.Ilgpu.Tests.Machine;

/// <summary>Whole training steps of a hand-written model on the machine: the optimizers' kernels are executed as text.</summary>
public sealed class OptimizerStepTests
{
    public static TheoryData<string> Rules => ["sgd", "momentum", "adam", "adamw"];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Steps_OfTheText_AreTheCpus(string rule)
    {
        using var device = PtxDevice.Open(out var machine);
        var host = new TinyModel();
        using var session = new GpuSession<TinyModel>(new TinyModel(), device);
        Optimizer onHost = Make(rule), onDevice = Make(rule);
        for (var step = 0u; step < 3; step++)
        {
            using var batch = TinyModel.MakeBatch(70, 70, (int)step + 1);
            var expected = host.Backward(batch, step);
            host.Parameters.ClipGradients(0.05f);
            onHost.Step(host.Parameters);
            Assert.Equal(expected, session.TrainStep(batch, step, onDevice, 0.05f), 5e-6);
        }

        Assert.Empty(machine.Races);
        for (var i = 0; i < host.Parameters.ReadOnlyValues.Length; i++)
            Assert.Equal(host.Parameters.ReadOnlyValues[i], session.Parameters.ReadOnlyValues[i], 2e-6);
    }

    private static Optimizer Make(string rule) => rule switch
    {
        "sgd" => new Sgd(0.05f),
        "momentum" => new Sgd(0.05f, momentum: 0.9f, nesterov: true, weightDecay: 0.01f),
        "adam" => new Adam(0.01f),
        _ => new AdamW(0.01f, weightDecay: 0.02f),
    };
}
