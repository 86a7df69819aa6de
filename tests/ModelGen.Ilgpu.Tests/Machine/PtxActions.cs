using System.Numerics;

namespace ModelGen.Ilgpu.Tests.Machine;

/// <summary>What each instruction computes, by its code. Wanted is what emitted kernels use; another one is added with a line.</summary>
internal static partial class PtxActions
{
    private static readonly Dictionary<string, PtxAction> s_actions = new(StringComparer.Ordinal)
    {
        ["add.f32"] = Floats((a, b) => a + b),
        ["add.rn.f32"] = Floats((a, b) => a + b),
        ["sub.f32"] = Floats((a, b) => a - b),
        ["mul.f32"] = Floats((a, b) => a * b),
        ["mul.rn.f32"] = Floats((a, b) => a * b),
        ["div.rn.f32"] = Floats((a, b) => a / b),
        ["min.f32"] = Floats(float.MinNumber),
        ["max.f32"] = Floats(float.MaxNumber),
        ["fma.rn.f32"] = FusedFloats,
        ["neg.f32"] = Float(a => -a),
        ["abs.f32"] = Float(Math.Abs),
        ["rcp.rn.f32"] = Float(a => 1 / a),
        ["sqrt.rn.f32"] = Float(MathF.Sqrt),
        ["rsqrt.approx.f32"] = Float(a => 1 / MathF.Sqrt(a)),
        ["ex2.approx.f32"] = Float(a => (float)Math.Pow(2, a)),
        ["lg2.approx.f32"] = Float(MathF.Log2),
        ["sin.approx.f32"] = Float(MathF.Sin),
        ["cos.approx.f32"] = Float(MathF.Cos),
        ["add.s32"] = Words((a, b) => a + b),
        ["add.u32"] = Words((a, b) => a + b),
        ["sub.s32"] = Words((a, b) => a - b),
        ["sub.u32"] = Words((a, b) => a - b),
        ["mul.lo.s32"] = Words((a, b) => a * b),
        ["mul.lo.u32"] = Words((a, b) => a * b),
        ["mul.hi.u32"] = Words((a, b) => (uint)((ulong)a * b >> 32)),
        ["mul.hi.s32"] = Words((a, b) => (uint)((long)(int)a * (int)b >> 32)),
        ["mad.lo.s32"] = Words((a, b, c) => a * b + c),
        ["mad.lo.u32"] = Words((a, b, c) => a * b + c),
        ["div.s32"] = Words((a, b) => b == 0 ? uint.MaxValue : (uint)((int)a / (int)b)),
        ["div.u32"] = Words((a, b) => b == 0 ? uint.MaxValue : a / b),
        ["rem.s32"] = Words((a, b) => b == 0 ? uint.MaxValue : (uint)((int)a % (int)b)),
        ["rem.u32"] = Words((a, b) => b == 0 ? uint.MaxValue : a % b),
        ["min.s32"] = Words((a, b) => (uint)Math.Min((int)a, (int)b)),
        ["max.s32"] = Words((a, b) => (uint)Math.Max((int)a, (int)b)),
        ["min.u32"] = Words(Math.Min),
        ["max.u32"] = Words(Math.Max),
        ["and.b32"] = Words((a, b) => a & b),
        ["or.b32"] = Words((a, b) => a | b),
        ["xor.b32"] = Words((a, b) => a ^ b),
        ["and.pred"] = Words((a, b) => a & b),
        ["or.pred"] = Words((a, b) => a | b),
        ["xor.pred"] = Words((a, b) => a ^ b),
        ["shl.b32"] = Words((a, b) => b > 31 ? 0 : a << (int)b),
        ["shr.u32"] = Words((a, b) => b > 31 ? 0 : a >> (int)b),
        ["shr.s32"] = Words((a, b) => (uint)((int)a >> (int)Math.Min(b, 31))),
        ["not.b32"] = Word(a => ~a),
        ["not.pred"] = Word(a => a ^ 1),
        ["neg.s32"] = Word(a => 0 - a),
        ["abs.s32"] = Word(a => (uint)Math.Abs((int)a)),
        ["popc.b32"] = Word(a => (uint)BitOperations.PopCount(a)),
        ["clz.b32"] = Word(a => (uint)BitOperations.LeadingZeroCount(a)),
        ["mov.b32"] = Word(a => a),
        ["mov.u32"] = Word(a => a),
        ["mov.s32"] = Word(a => a),
        ["mov.f32"] = Word(a => a),
        ["mov.pred"] = Word(a => a),
        ["selp.b32"] = Words((a, b, c) => c != 0 ? a : b),
        ["selp.f32"] = Words((a, b, c) => c != 0 ? a : b),
        ["cvt.rn.f32.s32"] = Word(a => BitConverter.SingleToUInt32Bits((int)a)),
        ["cvt.rn.f32.u32"] = Word(a => BitConverter.SingleToUInt32Bits(a)),
        ["cvt.rzi.s32.f32"] = Word(a => (uint)(int)BitConverter.UInt32BitsToSingle(a)),
        ["cvt.rmi.f32.f32"] = Float(MathF.Floor),
        ["cvt.rpi.f32.f32"] = Float(MathF.Ceiling),
        ["cvt.rni.f32.f32"] = Float(MathF.Round),
        ["cvt.rzi.f32.f32"] = Float(MathF.Truncate),
        ["mul.wide.u32"] = Widened((a, b) => (ulong)a * b),
        ["cvt.rna.tf32.f32"] = Word(RoundToTensorFloat),
        ["mad.wide.s32"] = MultipliedWide,
        ["mul.wide.s32"] = Widened((a, b) => (ulong)((long)(int)a * (int)b)),
        ["cvt.u64.u32"] = Widened((a, _) => a),
        ["cvt.s64.s32"] = Widened((a, _) => (ulong)(int)a),
        ["cvt.u32.u64"] = Narrowed((a, _) => (uint)a),
        ["cvt.s32.s64"] = Narrowed((a, _) => (uint)a),
        ["add.u64"] = Wides((a, b) => a + b),
        ["add.s64"] = Wides((a, b) => a + b),
        ["sub.u64"] = Wides((a, b) => a - b),
        ["sub.s64"] = Wides((a, b) => a - b),
        ["mul.lo.u64"] = Wides((a, b) => a * b),
        ["mul.lo.s64"] = Wides((a, b) => a * b),
        ["mad.lo.u64"] = Wides((a, b, c) => a * b + c),
        ["mad.lo.s64"] = Wides((a, b, c) => a * b + c),
        ["and.b64"] = Wides((a, b) => a & b),
        ["or.b64"] = Wides((a, b) => a | b),
        ["min.s64"] = Wides((a, b) => (ulong)Math.Min((long)a, (long)b)),
        ["mov.b64"] = Wides((a, _) => a),
        ["mov.u64"] = Wides((a, _) => a),
        ["cvta.to.global.u64"] = Wides((a, _) => a),
        ["cvta.to.shared.u64"] = Wides((a, _) => a),
        ["shl.b64"] = Shifted((a, b) => b > 63 ? 0 : a << b),
        ["shr.u64"] = Shifted((a, b) => b > 63 ? 0 : a >> b),
        ["shr.s64"] = Shifted((a, b) => (ulong)((long)a >> Math.Min(b, 63))),
    };

    /// <summary>The action of a code; null where there is none.</summary>
    public static PtxAction? Find(string code, IReadOnlyList<PtxOperand> operands)
    {
        if (s_actions.TryGetValue(code, out var action)) return action;
        var parts = code.Split('.');
        return parts[0] switch
        {
            "ld" or "st" => Memory(parts, operands),
            "setp" => Comparison(parts[1], parts[^1]),
            _ => Tensor(code),
        };
    }

    private static PtxAction? Comparison(string relation, string type)
    {
        switch (type)
        {
            case "f32":
                return relation switch
                {
                    "eq" => Compared((float a, float b) => a == b),
                    "ne" => Compared((float a, float b) => a < b || a > b),
                    "lt" => Compared((float a, float b) => a < b),
                    "le" => Compared((float a, float b) => a <= b),
                    "gt" => Compared((float a, float b) => a > b),
                    "ge" => Compared((float a, float b) => a >= b),
                    // "u": or one of them is no number.
                    "equ" => Compared((float a, float b) => !(a < b || a > b)),
                    "neu" => Compared((float a, float b) => a != b),
                    "ltu" => Compared((float a, float b) => !(a >= b)),
                    "leu" => Compared((float a, float b) => !(a > b)),
                    "gtu" => Compared((float a, float b) => !(a <= b)),
                    "geu" => Compared((float a, float b) => !(a < b)),
                    "nan" => Compared((float a, float b) => float.IsNaN(a) || float.IsNaN(b)),
                    "num" => Compared((float a, float b) => !float.IsNaN(a) && !float.IsNaN(b)),
                    _ => null,
                };
            case "s64" or "u64" or "b64":
                return Ordered(relation, type[0] == 's') is { } ordered
                    ? Narrowed((a, b) => ordered(type[0] == 's' ? ((long)a).CompareTo((long)b) : a.CompareTo(b)) ? 1u : 0u) : null;
            case "s32":
                return Ordered(relation, true) is { } signed ? Compared((int a, int b) => signed(a.CompareTo(b))) : null;
            default:
                return Ordered(relation, false) is { } unsigned ? Compared((uint a, uint b) => unsigned(a.CompareTo(b))) : null;
        }
    }

    private static Func<int, bool>? Ordered(string relation, bool isSigned) => relation switch
    {
        "eq" => o => o == 0,
        "ne" => o => o != 0,
        "lt" => o => o < 0,
        "le" => o => o <= 0,
        "gt" => o => o > 0,
        "ge" => o => o >= 0,
        "lo" when !isSigned => o => o < 0,
        "ls" when !isSigned => o => o <= 0,
        "hi" when !isSigned => o => o > 0,
        "hs" when !isSigned => o => o >= 0,
        _ => null,
    };
}
