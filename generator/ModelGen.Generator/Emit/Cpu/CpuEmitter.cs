using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Graphs;
using ModelGen.Generator.Lowering;
using ModelGen.Generator.Lowering.Cpu;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Cpu;

/// <summary>Prints the programs of a model as C# for the CPU: a class with the call lists and one method for each distinct kernel.</summary>
internal sealed class CpuEmitter
{
    private readonly LoweredModel _model;
    private readonly KernelTable _table;
    private readonly Dictionary<Program, ValueNames> _names;
    private readonly CpuLowering _lowering;
    private readonly CpuText _text;
    private readonly CodeWriter _writer;

    public CpuEmitter(LoweredModel model, bool isChecked)
    {
        _model = model;
        _text = new CpuText(model.Cpu!.Family, isChecked);
        _writer = _text.Steps;
        _names = model.All.ToDictionary(p => p, p => new ValueNames(p.Graph));
        _table = new KernelTable(model.All.Select(p => (p, _names[p])));
        _lowering = model.Cpu!;
    }

    public int KernelCount => _table.Entries.Count;

    /// <summary>Floats of the panels of all packed parameters.</summary>
    public long PreparedFloats => _lowering.Packs.Floats;

    /// <summary>Prints the class <c>Compiled</c>; <paramref name="info"/> is the expression of the model's description.</summary>
    public CpuText Print(string info)
    {
        _writer.WithoutNulls();
        _writer.Line("/// <summary>The compiled network for the CPU.</summary>");
        _writer.Line("[global::System.Runtime.CompilerServices.SkipLocalsInit]");
        _writer.Open($"{CpuText.Class} : CompiledModel");
        _writer.Line($"public Compiled(ulong seed) : base({info}, seed)");
        _writer.Open().Close();
        if (_model.WritesOutputOnly)
        {
            _writer.Line();
            _writer.Line("/// <summary>Nothing reads the output again: predictions are written where the caller wants them.</summary>");
            _writer.Line("protected override bool WritesOutputOnly => true;");
        }
        Prepare();
        if (_model.Infer.Derived > 0) List("Derive", _model.Infer, "What predictions need of the parameters and buffers; runs after each change of them.", 0,
            _model.Infer.Derived);
        if (_model.Train is { } train) List("Train", train, "Forward and backward in training mode.");
        else Unavailable("Train");
        List("Infer", _model.Infer, "Forward in evaluation mode.", _model.Infer.Derived, _model.Infer.Calls.Count);
        if (_model.Score is { } score) List("Score", score, "Forward and loss in evaluation mode.");
        else Unavailable("Score");
        if (_model.Tangent is { } tangent) List("Tangent", tangent, "Forward in training mode with the derivatives along a direction.");
        if (_model.LossFormula is { } formula) LossFormulaText.Write(_writer, formula, _model.Score!);
        Arguments();
        Constants();
        foreach (var entry in _table.Entries) Kernel(entry);
        _writer.Close();
        _text.CloseKernels();
        return _text;
    }

    private void Unavailable(string method)
    {
        _writer.Line();
        _writer.Line($"/// <summary>Never called: the model has no loss.</summary>");
        _writer.Block($"protected override void {method}(in StepContext s)", () => { });
    }

    private void Prepare()
    {
        _writer.Line();
        _writer.Line("/// <summary>Lays out the weights that products read column by column; runs after each change of the parameters.</summary>");
        _writer.Block("protected override void Prepare(in StepContext s)", () =>
        {
            foreach (var pack in _lowering.Packs.Packs)
            {
                var (k, kStrides) = (string.Join(", ", pack.K), string.Join(", ", pack.KStrides));
                var columns = FormattableString.Invariant($"n: {pack.N}, nStride: {pack.NStride}, s.Prepared + {pack.Offset}");
                var start = pack.Start.ToString(CultureInfo.InvariantCulture);
                _writer.Line($"Panels.Pack(s.Team, s.Parameters + {start}, k: [{k}], kStrides: [{kStrides}], {columns});   // {pack.Name}");
            }
        });
    }

    private void List(string method, Program program, string summary) => List(method, program, summary, 0, program.Calls.Count);

    private void List(string method, Program program, string summary, int from, int to)
    {
        _writer.Line();
        _writer.Line($"/// <summary>{summary}</summary>");
        var names = _names[program];
        var callText = new CallText(program, names, program == _model.Tangent);
        var forward = Math.Min(to, Math.Max(from, program.ForwardCalls));
        var parts = CallList.Split(program, from, forward, method + (forward < to ? "Forward" : "Steps"), _lowering.Family.Jit.CallsOfAMethod)
            .Concat(CallList.Split(program, forward, to, method + (program == _model.Tangent ? "Directions" : "Backward"), _lowering.Family.Jit.CallsOfAMethod))
                .ToList();
        _writer.Block($"protected override void {method}(in StepContext s)", () =>
        {
            foreach (var part in parts) _writer.Line($"{part.Name}(in s);");
        });
        foreach (var part in parts)
        {
            _writer.Line();
            _writer.Block($"private static void {part.Name}(in StepContext s)", () =>
            {
                var calls = program.Calls.Skip(part.From).Take(part.To - part.From).ToList();
                var used = calls.SelectMany(c => UnpackedArguments(c)).Distinct().OrderBy(a => a).ToList();
                if (used.Any(a => Address(program, a).Contains(" n"))) _writer.Line("long n = s.N;");
                foreach (var argument in used)
                {
                    var type = program.Graph[argument].Type;
                    _writer.Line($"{(type.Element == ElementType.I32 ? "int" : "float")}* {names[argument]} = {Address(program, argument)};   // "
                        + $"{type}{Layout(program, argument)}");
                }
                var at = part.From;
                CallList.Write(_writer, program, part.From, part.To, call =>
                {
                    foreach (var line in callText.Lines(call)) _writer.Line("// " + line);
                    var entry = _table[call.Kernel];
                    var isForSome = program.IsForSomeSamples(at++);
                    string Argument(int a, int k)
                    {
                        if (k == Packed(call.Kernel)) return Panels(program, call);
                        if (!isForSome || !program.Storage[a].Whole.IsPerSample) return names[a];
                        return $"{names[a]} + {CallList.Done} * {call.Kernel.Arguments[k].Strides[0].ToString(CultureInfo.InvariantCulture)}L";
                    }
                    var given = "in " + (isForSome ? CallList.Some : "s");
                    if (call.Kernel.IsStepped) given += ", " + CallList.Step;
                    if (call.Kernel.Accumulates) given += ", " + CallList.Done;
                    _writer.Line($"{entry.Name}({given}{string.Concat(call.Arguments.Select((a, k) => ", " + Argument(a, k)))});");
                });
            });
        }
    }

    // What the shape does not tell of how a tensor lies in memory.
    private static string Layout(Program program, int node)
    {
        var (shape, placement) = (program.Graph[node].Shape, program.Storage[node]);
        var apart = placement.Strides.SequenceEqual(Enumerable.Range(0, shape.Rank).Select(shape.Stride)) ? ""
            : $", strides {string.Join(" ", placement.Strides.Select(s => s.ToString(CultureInfo.InvariantCulture)))}";
        return apart + (shape.IsPerSample && !placement.Whole.IsPerSample ? ", for some samples at a time" : "");
    }

    private IEnumerable<int> UnpackedArguments(KernelCall call) => call.Arguments.Where((_, k) => k != Packed(call.Kernel));

    // The argument that a kernel reads from panels, or -1.
    private int Packed(Kernel kernel) => _lowering.Packed(kernel)?.B.Argument ?? -1;

    private string Panels(Program program, KernelCall call)
    {
        var pack = _lowering.Packs.Of(program.Graph, call, _lowering.Packed(call.Kernel)!);
        return "s.Prepared" + (pack.Offset == 0 ? "" : " + " + pack.Offset.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Where a tensor begins, as C#.</summary>
    /// <param name="context">The call's context and how its members are reached.</param>
    /// <param name="element">The type of numbers that are not integers.</param>
    public static string Address(Program program, int node, string context = "s.", string element = "float")
    {
        var place = program.Places[node];
        var number = place.Index.ToString(CultureInfo.InvariantCulture);
        var isInteger = program.Graph[node].Type.Element == ElementType.I32;
        var start = place.Region switch
        {
            Region.Input => $"({(isInteger ? "int" : element)}*){context}Inputs[{number}]",
            Region.Constant => $"Constant{number}",
            _ => context + place.Region,
        };
        if (place.Fixed != 0) start += " + " + place.Fixed.ToString(CultureInfo.InvariantCulture);
        if (place.PerSample != 0) start += " + " + place.PerSample.ToString(CultureInfo.InvariantCulture) + " * n";
        return start;
    }

    private void Arguments()
    {
        var most = _table.Entries.Count == 0 ? 0 : _table.Entries.Max(e => e.Arguments.Count);
        _writer.Line();
        _writer.Line("/// <summary>What the tiles of a kernel work on.</summary>");
        _writer.Block("private struct Arguments", () =>
        {
            _writer.Line("public int N;");
            _writer.Line("public uint Seed;");
            if (_table.Entries.Any(e => e.Kernel.IsStepped)) _writer.Line("public int Step;");
            if (_table.Entries.Any(e => e.Kernel.Accumulates)) _writer.Line("public int Done;");
            for (var k = 0; k < most; k++) _writer.Line($"public void* P{k.ToString(CultureInfo.InvariantCulture)};");
        });
        _writer.Line();
        _writer.Line("private static bool HasAvx512 => Avx512F.IsSupported;");
        _writer.Line();
        _writer.Line("private static bool HasAvx2 => Avx2.IsSupported && Fma.IsSupported;");
    }

    private void Constants()
    {
        var seen = new HashSet<string>();
        foreach (var program in _model.All)
            foreach (var leaf in program.Graph.Nodes.OfType<LeafNode>().Where(l => l.Kind == LeafKind.Constant))
            {
                var number = program.Places[leaf.Id].Index.ToString(CultureInfo.InvariantCulture);
                if (!seen.Add(number)) continue;
                _writer.Line();
                _writer.Line($"/// <summary>{leaf.Name} {leaf.Type}</summary>");
                // The data of such a span lie in the assembly itself and do not move. A vector load may run over the end: zeros follow.
                _writer.Line($"private static float* Constant{number} => (float*)Unsafe.AsPointer(ref "
                    + $"MemoryMarshal.GetReference((ReadOnlySpan<float>)[{string.Join(", ", leaf.Data.Concat(new double[32]).Select(Literals.Float))}]));");
            }
    }

    private void Kernel(KernelEntry entry)
    {
        var parameters = (entry.Kernel.IsStepped ? $", int {CallList.Step}" : "") + (entry.Kernel.Accumulates ? $", int {CallList.Done}" : "")
            + string.Concat(entry.Arguments.Select((a, k) => $", {(IsInteger(entry, k) ? "int" : "float")}* {a}"));
        _writer.Line();
        _writer.Line("/// <summary>");
        foreach (var line in entry.Formula.Split('\n')) _writer.Line("/// " + Escape(line) + "<br/>");
        _writer.Line("/// </summary>");
        var schedules = _lowering[entry.Kernel];
        switch (schedules[0])
        {
            case GemmSchedule:
                GemmEmitter.Emit(_text, entry, parameters, schedules.Cast<GemmSchedule>().ToList());
                break;
            case TransformSchedule:
                TransformEmitter.Emit(_text, entry, parameters, schedules.Cast<TransformSchedule>().ToList());
                break;
            case ScatterSchedule:
                ScatterEmitter.Emit(_text, entry, parameters, schedules.Cast<ScatterSchedule>().ToList());
                break;
            default:
                Loops(entry, parameters, schedules.Cast<LoopSchedule>().ToList());
                break;
        }
    }

    private void Loops(KernelEntry entry, string parameters, IReadOnlyList<LoopSchedule> schedules)
    {
        Wrapper(_writer, entry, parameters, schedules.Select(s => (Isa.Of(s.Target), Tiles(s))).ToList());
        foreach (var schedule in schedules)
        {
            var writer = _text.Kernels(schedule.Target);
            writer.Line();
            TileHeader(writer, entry, schedule, Tiles(schedule));
            if (schedule.Loop.Outer.Count > schedule.Loop.StepAxes)
            {
                var number = schedule.Chunk.ToString(CultureInfo.InvariantCulture);
                var size = Scope.Size(schedule.Loop.Outer[schedule.Loop.StepAxes]);
                writer.Line(schedule.Chunk == 1 ? "int first = tile, last = tile + 1;"
                    : $"int first = tile * {number}, last = Math.Min(first + {number}, {size});");
            }
            LoopEmitter.EmitTile(writer, schedule, entry.Arguments);
            writer.Close();
        }
    }

    /// <summary>The method the call lists call: hands the tiles to the team, in the best instruction set there is.</summary>
    public static void Wrapper(CodeWriter writer, KernelEntry entry, string parameters, IReadOnlyList<(Isa Isa, string Tasks)> variants)
    {
        writer.Block($"private static void {entry.Name}(in StepContext s{parameters})", () =>
        {
            if (variants.Any(v => v.Tasks.Contains("n"))) writer.Line("int n = s.N;");
            if (variants.Any(v => !IsDirect(entry, v.Tasks)))
            {
                // Only what the kernel uses: clearing the rest would cost a small one more than its work.
                writer.Line("Unsafe.SkipInit(out Arguments a);");
                var settings = "(a.N, a.Seed) = (s.N, s.Seed);";
                if (entry.Kernel.IsStepped) settings += $" a.Step = {CallList.Step};";
                if (entry.Kernel.Accumulates) settings += $" a.Done = {CallList.Done};";
                writer.Line(settings + string.Concat(entry.Arguments.Select((x, k) => $" a.P{k.ToString(CultureInfo.InvariantCulture)} = {x};")));
            }
            foreach (var (isa, tasks) in variants)
            {
                var run = IsDirect(entry, tasks) ? $"{entry.Name}_{isa.Suffix}({string.Join(", ", entry.Arguments.Prepend("s.N"))});" : tasks == "1"
                    ? $"{entry.Name}_{isa.Suffix}(&a, 0);" : $"s.Team.Run(&{entry.Name}_{isa.Suffix}, &a, {tasks});";
                var condition = isa == Isa.Avx512 ? "if (HasAvx512) " : isa == Isa.Avx2 ? "if (HasAvx2) " : "";
                writer.Line((isa == variants[0].Isa ? "" : "else ") + condition + run);
            }
        });
    }

    // One task that needs nothing but its arguments is called with them.
    private static bool IsDirect(KernelEntry entry, string tiles) => tiles == "1" && entry.Kernel is { IsStepped: false, Accumulates: false }
        && !entry.Kernel.Stages.Any(s => s.Expression.Has(e => e is Expr.Random));

    /// <summary>Begins the method of a task, under the line that tells how it is computed.</summary>
    /// <param name="tiles">How many tasks there are, as C#.</param>
    public static void TileHeader(CodeWriter writer, KernelEntry entry, CpuSchedule schedule, string tiles)
    {
        var isa = Isa.Of(schedule.Target);
        writer.Line($"// Schedule: {schedule.Target.Name}, {schedule.Description}.");
        if (IsDirect(entry, tiles))
        {
            var parameters = entry.Arguments.Select((a, k) => $"{(IsInteger(entry, k) ? "int" : "float")}* {a}").Prepend("int n");
            writer.Open($"private static void {entry.Name}_{isa.Suffix}({string.Join(", ", parameters)})");
            writer.Line("const int tile = 0;");
            return;
        }
        writer.Open($"private static void {entry.Name}_{isa.Suffix}(void* args, int tile)");
        writer.Line("var a = (Arguments*)args;");
        writer.Line("int n = a->N;");
        for (var k = 0; k < entry.Arguments.Count; k++)
        {
            var type = IsInteger(entry, k) ? "int" : "float";
            writer.Line($"var {entry.Arguments[k]} = ({type}*)a->P{k.ToString(CultureInfo.InvariantCulture)};");
        }
    }

    private static string Tiles(LoopSchedule schedule)
    {
        var (loop, chunk) = (schedule.Loop, schedule.Chunk);
        if (loop.Outer.Count == loop.StepAxes) return "1";
        var axis = loop.Outer[loop.StepAxes];
        if (!axis.PerSample) return ((axis.Factor + chunk - 1) / chunk).ToString(CultureInfo.InvariantCulture);
        var size = Scope.Size(axis);
        return chunk == 1 ? size : FormattableString.Invariant($"({size} + {chunk - 1}) / {chunk}");
    }

    private static bool IsInteger(KernelEntry entry, int argument) => entry.Kernel.Arguments[argument].Element == ElementType.I32;

    public static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
