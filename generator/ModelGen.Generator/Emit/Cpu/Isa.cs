using System;
using System.Globalization;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Targets;

namespace ModelGen.Generator.Emit.Cpu;

/// <summary>How one instruction set spells the operations of a kernel in C#.</summary>
internal abstract class Isa
{
    public static readonly Isa Avx512 = new VectorIsa("512", CpuTarget.Avx512.Lanes, "Avx512F.FusedMultiplyAdd", "Avx512F.LoadVector512", "Avx512F.Store",
        "Avx512F.Max", "Avx512F.Min", "Avx512F.ConvertToVector512Single(Avx512F.LoadVector512({0}))");

    public static readonly Isa Avx2 = new VectorIsa("256", CpuTarget.Avx2.Lanes, "Fma.MultiplyAdd", "Avx.LoadVector256", "Avx.Store", "Avx.Max", "Avx.Min",
        "Avx.ConvertToVector256Single(Avx.LoadVector256({0}))")
    {
        Pairs = new PairIsa(),
    };

    public static readonly Isa Scalar = new ScalarIsa("Scalar", "float", "MathF", "Simd", Literals.Float);

    /// <summary>Plain loops over numbers of double precision.</summary>
    public static readonly Isa Double = new ScalarIsa("Double", "double", "Math", "Exact", Literals.Double);

    /// <summary>The spelling for a vector width.</summary>
    public static Isa Of(CpuTarget target) => target.Lanes == Avx512.Width ? Avx512 : target.Lanes == Avx2.Width ? Avx2 : Scalar;

    /// <summary>Ends method names: <c>512</c>, <c>256</c>, <c>Scalar</c> or <c>Double</c>.</summary>
    public abstract string Suffix { get; }

    /// <summary>Floats in a vector.</summary>
    public abstract int Width { get; }

    public abstract string Type { get; }

    /// <summary>The type of one number in memory.</summary>
    public virtual string Element => "float";

    public bool IsScalar => Width == 1;

    /// <summary>Two vectors at a time, for formulas whose schedule asks for it; null where a vector alone keeps the processor busy.</summary>
    public Isa? Pairs { get; private init; }

    public abstract string Constant(double value);

    /// <summary>All lanes the same number.</summary>
    public abstract string Broadcast(string scalar);

    public abstract string Load(string pointer, string index);

    public abstract string LoadInteger(string pointer, string index);

    public abstract string Store(string pointer, string index, string value);

    public abstract string MultiplyAdd(string a, string b, string c);

    public abstract string Unary(UnaryKind kind, string x);

    /// <param name="bIsNumber">True where the second operand is a number written in the text, never NaN.</param>
    public string Binary(BinaryKind kind, string a, string b, bool bIsNumber = false) => kind switch
    {
        BinaryKind.Add => $"({a} + {b})",
        BinaryKind.Sub => $"({a} - {b})",
        BinaryKind.Mul => $"({a} * {b})",
        BinaryKind.Div => $"({a} / {b})",
        BinaryKind.Max => bIsNumber ? MaxOfNumber(a, b) : Max(a, b),
        BinaryKind.Min => bIsNumber ? MinOfNumber(a, b) : Min(a, b),
        BinaryKind.Pow => $"Lanes.Pow({a}, {b})",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>The greater of two; NaN where either is NaN.</summary>
    public abstract string Max(string a, string b);

    protected abstract string Min(string a, string b);

    protected virtual string MaxOfNumber(string a, string number) => Max(a, number);

    protected virtual string MinOfNumber(string a, string number) => Min(a, number);

    public abstract string Compare(CompareKind kind, string a, string b);

    public abstract string Select(string condition, string then, string otherwise);

    public abstract string And(string a, string b);

    /// <summary>The numbers start, start + step, …, one for each lane.</summary>
    public abstract string Sequence(string start, int step);

    public abstract string Random(string counter, int step, string key);

    protected static string Join(string a, string b) => b.Length == 0 || b == "0" ? a : a + " + " + b;

    private class VectorIsa : Isa
    {
        private readonly string _fma, _load, _store, _max, _min, _integers;

        public VectorIsa(string suffix, int width, string fma, string load, string store, string max, string min, string integers)
        {
            (Suffix, Width, _fma, _load, _store, _max, _min, _integers) = (suffix, width, fma, load, store, max, min, integers);
        }

        public override string Suffix { get; }

        public override int Width { get; }

        public override string Type => "Vector" + Suffix + "<float>";

        protected virtual string Class => "Vector" + Suffix;

        public override string Constant(double value) => value == 0 ? Type + ".Zero" : Broadcast(Literals.Float(value));

        public override string Broadcast(string scalar) => $"{Class}.Create({scalar})";

        // The Avx forms are intrinsics themselves; Vector512.Load is an inlined call, and a large kernel exhausts the JIT's budget for those.
        public override string Load(string pointer, string index) => $"{_load}({Join(pointer, index)})";

        public override string LoadInteger(string pointer, string index) => string.Format(CultureInfo.InvariantCulture, _integers, Join(pointer, index));

        public override string Store(string pointer, string index, string value) => $"{_store}({Join(pointer, index)}, {value});";

        public override string MultiplyAdd(string a, string b, string c) => $"{_fma}({a}, {b}, {c})";

        public override string Unary(UnaryKind kind, string x) => kind switch
        {
            UnaryKind.Neg => "-" + Atom(x),
            UnaryKind.Sqrt => $"{Class}.Sqrt({x})",
            UnaryKind.Abs => $"{Class}.Abs({x})",
            UnaryKind.Floor => $"{Class}.Floor({x})",
            UnaryKind.Sign => $"Lanes.Sign({x})",
            _ => $"Simd.{kind}({x})",
        };

        // The instruction returns its second operand where one is NaN: with the data second, NaN is passed on.
        protected override string MaxOfNumber(string a, string number) => $"{_max}({number}, {a})";

        protected override string MinOfNumber(string a, string number) => $"{_min}({number}, {a})";

        public override string Max(string a, string b) => $"Lanes.Max({a}, {b})";

        protected override string Min(string a, string b) => $"Lanes.Min({a}, {b})";

        public override string Compare(CompareKind kind, string a, string b) => kind switch
        {
            CompareKind.Greater => $"{Class}.GreaterThan({a}, {b})",
            CompareKind.GreaterOrEqual => $"{Class}.GreaterThanOrEqual({a}, {b})",
            CompareKind.Less => $"{Class}.LessThan({a}, {b})",
            CompareKind.LessOrEqual => $"{Class}.LessThanOrEqual({a}, {b})",
            _ => $"{Class}.Equals({a}, {b})",
        };

        public override string Select(string condition, string then, string otherwise) => $"{Class}.ConditionalSelect({condition}, {then}, {otherwise})";

        public override string And(string a, string b) => $"({a} & {b})";

        public override string Sequence(string start, int step) => $"Lanes.Sequence{Suffix}({start}, {step.ToString(CultureInfo.InvariantCulture)})";

        public override string Random(string counter, int step, string key) =>
            $"Simd.Uniform(Lanes.Counters{Suffix}((uint)({counter}), {step.ToString(CultureInfo.InvariantCulture)}u), {key})";

        private static string Atom(string x) => x.IndexOf(' ') >= 0 && x[0] != '(' && !x.EndsWith(")", StringComparison.Ordinal) ? "(" + x + ")" : x;
    }

    private sealed class PairIsa : VectorIsa
    {
        public PairIsa() : base("256", 2 * CpuTarget.Avx2.Lanes, "Pair256.MultiplyAdd", "Pair256.Load", "Pair256.Store", "Pair256.Max", "Pair256.Min", "")
        {
        }

        public override string Type => Class;

        protected override string Class => "Pair256";
    }

    private sealed class ScalarIsa : Isa
    {
        private readonly string _math, _functions;
        private readonly Func<double, string> _number;

        /// <param name="math">The framework's class of functions.</param>
        /// <param name="functions">Ours.</param>
        public ScalarIsa(string suffix, string element, string math, string functions, Func<double, string> number)
        {
            (Suffix, Type, _math, _functions, _number) = (suffix, element, math, functions, number);
        }

        public override string Suffix { get; }

        public override int Width => 1;

        public override string Type { get; }

        public override string Element => Type;

        public override string Constant(double value) => _number(value);

        public override string Broadcast(string scalar) => scalar;

        public override string Load(string pointer, string index) => $"{pointer}[{(index.Length == 0 ? "0" : index)}]";

        public override string LoadInteger(string pointer, string index) => $"({Type}){pointer}[{(index.Length == 0 ? "0" : index)}]";

        public override string Store(string pointer, string index, string value) => $"{pointer}[{(index.Length == 0 ? "0" : index)}] = {value};";

        public override string MultiplyAdd(string a, string b, string c) => $"({a} * {b} + {c})";

        public override string Unary(UnaryKind kind, string x) => kind switch
        {
            UnaryKind.Neg => "-(" + x + ")",
            UnaryKind.Sqrt or UnaryKind.Abs or UnaryKind.Floor => $"{_math}.{kind}({x})",
            UnaryKind.Sign => $"Lanes.Sign({x})",
            _ => $"{_functions}.{kind}({x})",
        };

        public override string Max(string a, string b) => $"{_math}.Max({a}, {b})";

        protected override string Min(string a, string b) => $"{_math}.Min({a}, {b})";

        public override string Compare(CompareKind kind, string a, string b) => kind switch
        {
            CompareKind.Greater => $"{a} > {b}",
            CompareKind.GreaterOrEqual => $"{a} >= {b}",
            CompareKind.Less => $"{a} < {b}",
            CompareKind.LessOrEqual => $"{a} <= {b}",
            _ => $"{a} == {b}",
        };

        public override string Select(string condition, string then, string otherwise) => $"({condition} ? {then} : {otherwise})";

        public override string And(string a, string b) => $"({a} && {b})";

        public override string Sequence(string start, int step) => $"({Type})({start})";

        public override string Random(string counter, int step, string key) => $"Simd.Uniform((uint)({counter}), {key})";
    }
}
