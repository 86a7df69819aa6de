using System.Globalization;
using System.Text.RegularExpressions;

namespace ModelGen.Ilgpu.Tests.Machine;

/// <summary>A kernel read from its PTX text: what the driver would get, as ILGPU has ordered it.</summary>
internal sealed partial class PtxProgram
{
    private static readonly string[] s_special =
    [
        "%tid.x", "%tid.y", "%tid.z", "%ntid.x", "%ntid.y", "%ntid.z", "%ctaid.x", "%ctaid.y", "%ctaid.z", "%nctaid.x", "%nctaid.y", "%nctaid.z",
        "%laneid", "%warpid",
    ];

    private readonly Dictionary<string, int> _words = [], _wides = [];
    private readonly Dictionary<int, uint> _constants = [];
    private readonly Dictionary<int, ulong> _wideConstants = [];
    private readonly Dictionary<string, long> _shared = [], _parameters = [];
    private readonly HashSet<string> _widePrefixes = [];
    private readonly List<PtxInstruction> _instructions = [];

    public PtxProgram(string text)
    {
        foreach (var special in s_special) _words[special] = _words.Count;
        Name = Entry().Match(text).Groups[1].Value;
        MaxThreads = int.Parse(Threads().Match(text).Groups[1].Value, CultureInfo.InvariantCulture);
        ReadParameters(text[..text.IndexOf(".maxntid", StringComparison.Ordinal)]);
        var body = text[text.IndexOf(".maxntid", StringComparison.Ordinal)..];
        body = Comment().Replace(body[(body.IndexOf('{') + 1)..body.LastIndexOf('}')], "");
        var labels = new Dictionary<string, int>();
        foreach (var statement in body.Split(';').Select(s => s.Trim()))
        {
            var rest = statement;
            while (Label().Match(rest) is { Success: true } label)
            {
                labels[label.Groups[1].Value] = _instructions.Count;
                rest = rest[label.Length..].Trim();
            }

            if (rest.Length > 0 && rest[0] == '.') Declare(rest);
            else if (rest.Length > 0) _instructions.Add(Read(rest));
        }

        foreach (var branch in _instructions.Where(i => i.IsBranch)) branch.Target = labels[branch.Names[^1]];
    }

    public string Name { get; }

    /// <summary>The most threads of a group.</summary>
    public int MaxThreads { get; }

    public IReadOnlyList<PtxInstruction> Instructions => _instructions;

    public int Words => _words.Count;

    public int Wides => _wides.Count;

    /// <summary>Registers that hold a constant, which nothing writes.</summary>
    public IReadOnlyDictionary<int, uint> Constants => _constants;

    /// <inheritdoc cref="Constants"/>
    public IReadOnlyDictionary<int, ulong> WideConstants => _wideConstants;

    public int SharedBytes { get; private set; }

    /// <summary>The arrays in shared memory and where they begin.</summary>
    public IReadOnlyDictionary<string, long> Shared => _shared;

    /// <summary>The bytes of all parameters, and where each begins.</summary>
    public int ParameterBytes { get; private set; }

    public List<int> ParameterOffsets { get; } = [];

    /// <summary>The register of a special one; registers of 32 bits begin with all of them.</summary>
    public static int Special(string name) => Array.IndexOf(s_special, name);

    private void ReadParameters(string head)
    {
        foreach (Match match in Parameter().Matches(head))
        {
            var size = int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) / 8
                * (match.Groups[4].Success ? int.Parse(match.Groups[4].Value, CultureInfo.InvariantCulture) : 1);
            var alignment = match.Groups[1].Success ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : size;
            var offset = (ParameterBytes + alignment - 1) / alignment * alignment;
            _parameters[match.Groups[3].Value] = offset;
            ParameterOffsets.Add(offset);
            ParameterBytes = offset + size;
        }
    }

    private void Declare(string text)
    {
        if (Registers().Match(text) is { Success: true } registers)
        {
            if (registers.Groups[1].Value.EndsWith("64", StringComparison.Ordinal)) _widePrefixes.UnionWith(registers.Groups[2].Captures.Select(c => c.Value));
        }
        else if (SharedArray().Match(text) is { Success: true } array)
        {
            var alignment = int.Parse(array.Groups[1].Value, CultureInfo.InvariantCulture);
            SharedBytes = (SharedBytes + alignment - 1) / alignment * alignment;
            _shared[array.Groups[2].Value] = SharedBytes;
            SharedBytes += int.Parse(array.Groups[3].Value, CultureInfo.InvariantCulture);
        }
        else
        {
            throw new NotSupportedException(text);
        }
    }

    private PtxInstruction Read(string text)
    {
        var shape = Shape().Match(text);
        var guard = shape.Groups[2].Success ? Operand(shape.Groups[2].Value).Register : -1;
        var code = shape.Groups[3].Value;
        var names = Part().Matches(shape.Groups[4].Value).Select(m => m.Value.Trim()).ToArray();
        var isWide = code.EndsWith("64", StringComparison.Ordinal);
        var isFloat = code.EndsWith("f32", StringComparison.Ordinal);
        var operands = code.StartsWith("bra", StringComparison.Ordinal) ? [new(PtxOperandKind.Label, -1)]
            : names.Select((n, i) => Operand(n, isWide && !(i == 2 && code.StartsWith("sh", StringComparison.Ordinal)), isFloat)).ToArray();
        return new(text[shape.Groups[3].Index..], code, guard, shape.Groups[1].Value == "!", operands, names) { Run = PtxActions.Find(code, operands) };
    }

    private PtxOperand Operand(string text, bool isWide = false, bool isFloat = false)
    {
        if (text[0] == '{') return new(PtxOperandKind.Vector, -1, 0, [.. text.Trim('{', '}').Split(',').Select(t => Operand(t.Trim(), isWide, isFloat))]);
        if (text[0] == '[')
        {
            var parts = text.Trim('[', ']').Split('+');
            var offset = parts.Length > 1 ? long.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
            if (_parameters.TryGetValue(parts[0].Trim(), out var place) || _shared.TryGetValue(parts[0].Trim(), out place))
                return new(PtxOperandKind.Address, -1, place + offset);
            var start = Operand(parts[0].Trim(), isWide: true);
            return new(PtxOperandKind.Address, start.Register, offset, IsNarrow: !start.Is64);
        }

        if (text.StartsWith("0f", StringComparison.Ordinal))
            return Constant(uint.Parse(text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture), false);
        if (_shared.TryGetValue(text, out var address)) return Constant((ulong)address, isWide);
        if (text[0] == '-' || char.IsAsciiDigit(text[0]))
            return Constant(text.StartsWith("0x", StringComparison.Ordinal) ? ulong.Parse(text[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
                : (ulong)long.Parse(text, CultureInfo.InvariantCulture), isWide);
        var prefix = text.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        var file = _widePrefixes.Contains(prefix) ? _wides : _words;
        if (!file.TryGetValue(text, out var register)) file[text] = register = file.Count;
        return new(file == _wides ? PtxOperandKind.Wide : PtxOperandKind.Word, register);
    }

    private PtxOperand Constant(ulong value, bool isWide)
    {
        var name = "=" + value.ToString(CultureInfo.InvariantCulture);
        var file = isWide ? _wides : _words;
        if (!file.TryGetValue(name, out var register)) file[name] = register = file.Count;
        if (isWide) _wideConstants[register] = value;
        else _constants[register] = (uint)value;
        return new(isWide ? PtxOperandKind.Wide : PtxOperandKind.Word, register);
    }

    [GeneratedRegex(@"\.visible \.entry ([\w$]+)")]
    private static partial Regex Entry();

    [GeneratedRegex(@"\.maxntid (\d+)")]
    private static partial Regex Threads();

    [GeneratedRegex(@"\.param (?:\.align (\d+) )?\.[busf](\d+) (\w+)(?:\[(\d+)\])?")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"//[^\n]*")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^([\w$]+):")]
    private static partial Regex Label();

    [GeneratedRegex(@"^\.reg \.(\w+)\s+(?:([%\w]+?)(?:<\d+>)?(?:,\s*|$))+$")]
    private static partial Regex Registers();

    [GeneratedRegex(@"^\.shared \.align (\d+) \.b8 (\w+)\[(\d+)\]$")]
    private static partial Regex SharedArray();

    [GeneratedRegex(@"^(?:@(!?)([%\w]+)\s+)?([a-z][\w.]*)\s*(.*)$", RegexOptions.Singleline)]
    private static partial Regex Shape();

    [GeneratedRegex(@"\{[^}]*\}|\[[^\]]*\]|[^,\s]+")]
    private static partial Regex Part();
}
