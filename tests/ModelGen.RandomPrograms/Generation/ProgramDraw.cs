using CsCheck;

namespace ModelGen.RandomPrograms;

/// <summary>Draws one program, statement by statement. Each is valid where it stands: the shapes follow from the documented rules, so a program that
/// the compiler refuses is a difference too.</summary>
/// <remarks>Sizes come from a handful, and one of them is preferred in each program, so that axes of different meaning often have the same length.</remarks>
internal sealed partial class ProgramDraw(PCG random)
{
    private static readonly int[] s_sizes = [1, 2, 3, 4, 5, 8];
    private static readonly int[] s_others = [1, 2, 3, 4, 5, 6, 7, 8, 9, 16, 17];

    // More elements than this a sample make a program slow without making it another.
    private const int MostElements = 700;

    private readonly List<Value> _inputs = [], _parameters = [], _targets = [];
    private readonly List<Value> _pool = [];
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly List<(Field Field, string Op, string Text, Value Operand, Value Result)> _layers = [];
    private List<Statement> _statements = [];
    private int _common = 1;

    public RandomProgram Program()
    {
        _common = One(s_sizes);
        var count = 1 + Next(2) * Next(2);
        for (var i = 0; i < count; i++) AddInput();
        for (var steps = 2 + Next(3) + Next(5); steps > 0; steps--) Step();
        var forward = _statements;
        var outputs = Outputs();
        _statements = [];
        _pool.Clear();
        _pool.AddRange(outputs);
        var loss = Loss(outputs);
        return new RandomProgram(_inputs, _parameters, forward, outputs, _targets, _statements, loss, One([1, 2, 3, 5, _common])).WithoutDeadCode();
    }

    private int Next(int below) => (int)random.Next((uint)below);

    private bool Chance(int percent) => Next(100) < percent;

    private T One<T>(IReadOnlyList<T> of) => of[Next(of.Count)];

    private int Size() => Chance(65) ? _common : One(s_others);

    private string Name(string start)
    {
        var number = _names.GetValueOrDefault(start);
        _names[start] = number + 1;
        return start + number;
    }

    // An input has a parameter of its shape added, as a rule: its gradient is the input's, summed over the samples.
    private void AddInput()
    {
        var sizes = new int[One([0, 1, 1, 2, 2, 3, 3, 3, 4])];
        do
        {
            for (var d = 0; d < sizes.Length; d++) sizes[d] = Size();
        }
        while (sizes.Aggregate(1, (p, s) => p * s) > MostElements / 2);
        var x = new Value(Name("x"), sizes, true);
        _inputs.Add(x);
        _pool.Add(x);
        if (Chance(80)) Add("{0} + {1}", x.Sizes, true, ["Add"], x, Parameter(x.Sizes));
    }

    private Value Parameter(IReadOnlyList<int> sizes)
    {
        if (_parameters.FirstOrDefault(p => p.Sizes.SequenceEqual(sizes)) is { } known && Chance(30)) return known;
        var parameter = new Value(Name("p"), sizes, false);
        _parameters.Add(parameter);
        return parameter;
    }

    private Value Labels(List<Value> inputs, int classes, IReadOnlyList<int> sizes)
    {
        var labels = new Value(Name("k"), sizes, true, classes);
        inputs.Add(labels);
        return labels;
    }

    private Value Add(string text, IReadOnlyList<int> sizes, bool perSample, string[] ops, params Value[] operands) =>
        AddAll(text, [(sizes, perSample)], ops, null, operands)[0];

    private Value[] AddAll(string text, (IReadOnlyList<int> Sizes, bool PerSample)[] results, string[] ops, Field? layer, params Value[] operands)
    {
        Value[] values = [.. results.Select(r => new Value(Name("v"), [.. r.Sizes], r.PerSample))];
        _statements.Add(new(values, text, operands, ops, layer));
        _pool.AddRange(values);
        return values;
    }

    // The latest values most often, so that programs are deep rather than wide.
    private Value? Pick(Func<Value, bool> fits)
    {
        var fitting = _pool.Where(fits).ToList();
        if (fitting.Count == 0) return null;
        for (var i = fitting.Count - 1; i > 0; i--)
            if (Chance(60)) return fitting[i];
        return fitting[0];
    }

    private Value? Tensor(int rank) => Pick(v => v.PerSample && v.Sizes.Count == rank);

    // A layer of its own, or one that was called on the same shape before.
    private bool Layer(Value x, string op, string factory, IReadOnlyList<int> sizes)
    {
        if (sizes.Aggregate(1, (p, s) => p * s) > MostElements) return false;
        var shared = _layers.Where(l => l.Op == op && l.Operand.HasShapeOf(x)).ToList();
        if (shared.Count > 0 && Chance(50))
        {
            var (field, _, text, _, result) = One(shared);
            AddAll(text, [(result.Sizes, result.PerSample)], [op], field, x);
            return true;
        }
        var made = new Field(Name("layer"), "Layer", factory);
        var call = made.Name + "({0})";
        _layers.Add((made, op, call, x, AddAll(call, [(sizes, x.PerSample)], [op], made, x)[0]));
        return true;
    }

    private static string Text(double number) => number.ToString("R", System.Globalization.CultureInfo.InvariantCulture) + "f";

    private static string List(IEnumerable<int> numbers) => "[" + string.Join(", ", numbers) + "]";

    // (2, 3), or 2 where all are the same or there is one.
    private static string Tuple(IReadOnlyList<int> sizes) => sizes.All(s => s == sizes[0]) ? $"{sizes[0]}" : "(" + string.Join(", ", sizes) + ")";

    private static string Truth(bool value) => value ? "true" : "false";
}
