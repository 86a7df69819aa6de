using System.Diagnostics;
using ModelGen.Generator.Compile;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Frontend;
using ModelGen.Generator.Frontend.Ir;
using ModelGen.Generator.Support;

namespace ModelGen.Tests.Frontend;

/// <summary>In an editor each key pressed cancels what was begun before it, which then ends at once.</summary>
public class CancellationTests
{
    private const string Layers = """
        [Model] public partial class Net
        {
            readonly Layer[] layers = Repeat(700, i => Linear(4));
            public Tensor Forward([Shape(4)] Tensor x) { foreach (var l in layers) x = Tanh(l(x)) + x; return x; }
            public Tensor Loss(Tensor y, [Shape(4)] Tensor target) => MseLoss(y, target);
        }
        """;

    private const string Endless = "[Model] public partial class Net { public Tensor Forward([Shape(4)] Tensor x) { while (true) x = Tanh(x); } }";

    private static readonly TimeSpan s_limit = TimeSpan.FromMilliseconds(100);

    [Theory]
    [InlineData(Endless, 5)]
    [InlineData(Endless, 100)]
    [InlineData(Layers, 5)]
    [InlineData(Layers, 50)]
    [InlineData(Layers, 200)]
    [InlineData(Layers, 500)]
    [InlineData(Layers, 1000)]
    [InlineData(Layers, 2000)]
    public void Cancellation_IsAnsweredAtOnce(string source, int milliseconds)
    {
        var model = Driver.Lower(Driver.Compile(source), "Net")!.Ir;
        var answers = new List<TimeSpan>();
        // Other tests have the processor as well: one answer in time is enough.
        while (answers.Count < 8)
        {
            if (Answer(model, milliseconds) is not { } answer || answer < s_limit) return;
            answers.Add(answer);
        }

        Assert.Fail("Answered after " + string.Join(", ", answers.Select(a => $"{a.TotalMilliseconds:0}")) + " ms");
    }

    // From the cancellation to the end; null where the work was done before.
    private static TimeSpan? Answer(ModuleIr model, int milliseconds)
    {
        using var stop = new CancellationTokenSource();
        var watch = new Stopwatch();
        using var registration = stop.Token.Register(watch.Start);
        stop.CancelAfter(milliseconds);
        try
        {
            Compile(model, stop.Token);
            return null;
        }
        catch (OperationCanceledException)
        {
            return watch.Elapsed;
        }
    }

    private static void Compile(ModuleIr model, CancellationToken cancellation)
    {
        using var use = Cancellation.By(cancellation);
        var graphs = ModelCheck.Run(model, _ => null, cancellation);
        if (graphs.Training is not null) ModelCompiler.Files(new("", "Net", graphs.Training, graphs.Evaluation!), new());
    }
}
