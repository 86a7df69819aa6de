using System.Diagnostics;
using System.Reflection;
using System.Runtime;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelGen.Benchmarks.Compiling;
using ModelGen.Benchmarks.Measuring;
using ModelGen.Benchmarks.Reports;

namespace ModelGen.Benchmarks.Suites;

/// <summary>The generator on a model of 50 layers: from nothing, warm, after edits; and what it wrote.</summary>
internal static class GeneratorSuite
{
    const int Runs = 7;

    /// <summary>Runs all of it.</summary>
    public static void Run(Bench bench)
    {
        CSharpCompilation project = Project.Create();

        // The binder's work for the sources themselves is the compiler's and is done before the clock starts.
        project.GetDiagnostics();
        var first = Time(() => Project.NewDriver().RunGenerators(project));
        Add(bench, "generator_first_run", [first], ("note", "includes the JIT of the generator"));

        List<double> steady = [];
        GeneratorDriver driver = Project.NewDriver();
        for (int run = 0; run < Runs; run++)
        {
            GeneratorDriver fresh = Project.NewDriver();
            steady.Add(Time(() => driver = fresh.RunGenerators(project)));
        }
        Add(bench, "generator_steady", steady);

        MeasureEdit(bench, "generator_edit_elsewhere", driver, () => Project.WithOther(project, FiftyLayers.UnrelatedEdited), mustBeCached: true);
        MeasureEdit(bench, "generator_comment", driver, () => Project.WithModel(project, FiftyLayers.Commented), mustBeCached: true);
        MeasureEdit(bench, "generator_reformat", driver, () => Project.WithModel(project, FiftyLayers.Reformatted), mustBeCached: true);
        MeasureEdit(bench, "generator_change", driver, () => Project.WithModel(project, FiftyLayers.Changed), mustBeCached: false);
        MeasureOutput(bench, driver, project);
    }

    static void MeasureEdit(Bench bench, string name, GeneratorDriver driver, Func<CSharpCompilation> edit, bool mustBeCached)
    {
        List<double> times = [];
        GeneratorDriver after = driver;
        for (int run = 0; run < Runs; run++)
        {
            // A new compilation each time: one that was seen before has its semantic models made.
            CSharpCompilation edited = edit();
            times.Add(Time(() => after = driver.RunGenerators(edited)));
        }
        GeneratorRunResult result = after.GetRunResult().Results[0];
        Add(bench, name, times, mustBeCached && !StepReasons.OutputsAreCached(result), [("steps", StepReasons.Of(result))]);
    }

    static void MeasureOutput(Bench bench, GeneratorDriver driver, CSharpCompilation project)
    {
        driver.RunGeneratorsAndUpdateCompilation(project, out Compilation generated, out _);
        int lines = generated.SyntaxTrees.Except(project.SyntaxTrees).Sum(tree => tree.GetText().Lines.Count);
        EmittedAssembly emitted = EmittedAssembly.Of(generated);
        // Again, now that the compiler is warm: another name makes it another compilation, of which nothing is bound yet.
        long start = Stopwatch.GetTimestamp();
        EmittedAssembly.Of(generated.WithAssemblyName("Again"));
        double compile = Stopwatch.GetElapsedTime(start).TotalMilliseconds;

        Type type = Assembly.Load(emitted.Image).GetType(FiftyLayers.ClassName, throwOnError: true)!;
        TimeSpan jitBefore = JitInfo.GetCompilationTime();
        start = Stopwatch.GetTimestamp();
        float loss = FirstStep(type, bench.Threads);
        double step = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        double jit = (JitInfo.GetCompilationTime() - jitBefore).TotalMilliseconds;
        bench.Add(new ResultLine("generator_output", bench.Threads)
        {
            More =
            [
                ("lines", lines), ("methods", emitted.Methods), ("assembly_bytes", emitted.Image.Length),
                ("largest_method", emitted.LargestMethod), ("largest_method_il_bytes", emitted.LargestMethodBytes),
                ("class_constructor_il_bytes", emitted.ClassConstructorBytes),
                ("csharp_compile_ms", Math.Round(compile, 1)), ("first_step_ms", Math.Round(step, 1)), ("first_step_jit_ms", Math.Round(jit, 1)),
            ],
            IsWrong = !float.IsFinite(loss),
        });
    }

    static float FirstStep(Type type, int threads)
    {
        ConstructorInfo constructor = type.GetConstructors().OrderBy(c => c.GetParameters().Length).First();
        var net = (IModel)constructor.Invoke([.. constructor.GetParameters().Select(parameter => parameter.DefaultValue)]);
        net.Threads = threads;
        using Batch batch = SyntheticBatch.Make(net.Info, 2);
        return net.Backward(batch, 0);
    }

    static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    static void Add(Bench bench, string name, List<double> seconds, params (string Name, object Value)[] more) => Add(bench, name, seconds, false, more);

    static void Add(Bench bench, string name, List<double> seconds, bool isWrong, (string Name, object Value)[] more)
    {
        Timing timing = Timing.Of([.. seconds.Select(time => new Sample(time, 0))]);
        bench.Add(new ResultLine(name, bench.Threads)
        {
            Timing = timing,
            More = more,
            IsWrong = isWrong,
        });
    }
}
