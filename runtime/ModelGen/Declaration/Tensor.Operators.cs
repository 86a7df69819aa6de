// Written from the catalogue of ops (generator/ModelGen.Generator/Ops) by the test SurfaceTests: VERIFY_ACCEPT=1 writes it anew.
namespace ModelGen;

public sealed partial class Tensor
{
    /// <summary>Computes <c>x + y</c>, element by element, with broadcasting.</summary>
    public static Tensor operator +(Tensor x, Tensor y) => Record("Add", null, [x, y]);

    /// <summary>Computes <c>x + y</c> for a constant y.</summary>
    public static Tensor operator +(Tensor x, float y) => Record("Add", null, [x], ("y", y));

    /// <summary>Computes <c>x + y</c> for a constant x.</summary>
    public static Tensor operator +(float x, Tensor y) => Record("Add", null, [y], ("x", x));

    /// <summary>Computes <c>x + y</c> for a constant y.</summary>
    public static Tensor operator +(Tensor x, double y) => Record("Add", null, [x], ("y", (float)y));

    /// <summary>Computes <c>x + y</c> for a constant x.</summary>
    public static Tensor operator +(double x, Tensor y) => Record("Add", null, [y], ("x", (float)x));

    /// <summary>Computes <c>x - y</c>, element by element, with broadcasting.</summary>
    public static Tensor operator -(Tensor x, Tensor y) => Record("Sub", null, [x, y]);

    /// <summary>Computes <c>x - y</c> for a constant y.</summary>
    public static Tensor operator -(Tensor x, float y) => Record("Sub", null, [x], ("y", y));

    /// <summary>Computes <c>x - y</c> for a constant x.</summary>
    public static Tensor operator -(float x, Tensor y) => Record("Sub", null, [y], ("x", x));

    /// <summary>Computes <c>x - y</c> for a constant y.</summary>
    public static Tensor operator -(Tensor x, double y) => Record("Sub", null, [x], ("y", (float)y));

    /// <summary>Computes <c>x - y</c> for a constant x.</summary>
    public static Tensor operator -(double x, Tensor y) => Record("Sub", null, [y], ("x", (float)x));

    /// <summary>Computes <c>x · y</c>, element by element, with broadcasting.</summary>
    public static Tensor operator *(Tensor x, Tensor y) => Record("Mul", null, [x, y]);

    /// <summary>Computes <c>x · y</c> for a constant y.</summary>
    public static Tensor operator *(Tensor x, float y) => Record("Mul", null, [x], ("y", y));

    /// <summary>Computes <c>x · y</c> for a constant x.</summary>
    public static Tensor operator *(float x, Tensor y) => Record("Mul", null, [y], ("x", x));

    /// <summary>Computes <c>x · y</c> for a constant y.</summary>
    public static Tensor operator *(Tensor x, double y) => Record("Mul", null, [x], ("y", (float)y));

    /// <summary>Computes <c>x · y</c> for a constant x.</summary>
    public static Tensor operator *(double x, Tensor y) => Record("Mul", null, [y], ("x", (float)x));

    /// <summary>Computes <c>x / y</c>, element by element, with broadcasting.</summary>
    public static Tensor operator /(Tensor x, Tensor y) => Record("Div", null, [x, y]);

    /// <summary>Computes <c>x / y</c> for a constant y.</summary>
    public static Tensor operator /(Tensor x, float y) => Record("Div", null, [x], ("y", y));

    /// <summary>Computes <c>x / y</c> for a constant x.</summary>
    public static Tensor operator /(float x, Tensor y) => Record("Div", null, [y], ("x", x));

    /// <summary>Computes <c>x / y</c> for a constant y.</summary>
    public static Tensor operator /(Tensor x, double y) => Record("Div", null, [x], ("y", (float)y));

    /// <summary>Computes <c>x / y</c> for a constant x.</summary>
    public static Tensor operator /(double x, Tensor y) => Record("Div", null, [y], ("x", (float)x));

    /// <summary>Computes <c>-x</c>, element by element.</summary>
    public static Tensor operator -(Tensor x) => Record("Neg", null, [x]);

    /// <summary>Computes <c>x - ⌊x / y⌋ · y</c>, element by element, with broadcasting.</summary>
    public static Tensor operator %(Tensor x, Tensor y) => Record("Remainder", null, [x, y]);

    /// <summary>Computes <c>x - ⌊x / y⌋ · y</c> for a constant y.</summary>
    public static Tensor operator %(Tensor x, float y) => Record("Remainder", null, [x], ("y", y));

    /// <summary>Computes <c>x - ⌊x / y⌋ · y</c> for a constant x.</summary>
    public static Tensor operator %(float x, Tensor y) => Record("Remainder", null, [y], ("x", x));

    /// <summary>Computes <c>x - ⌊x / y⌋ · y</c> for a constant y.</summary>
    public static Tensor operator %(Tensor x, double y) => Record("Remainder", null, [x], ("y", (float)y));

    /// <summary>Computes <c>x - ⌊x / y⌋ · y</c> for a constant x.</summary>
    public static Tensor operator %(double x, Tensor y) => Record("Remainder", null, [y], ("x", (float)x));

    /// <summary>Computes <c>x &gt; y ? 1 : 0</c>, element by element, with broadcasting.</summary>
    public static Tensor operator >(Tensor x, Tensor y) => Record("Greater", null, [x, y]);

    /// <summary>Computes <c>x &gt; y ? 1 : 0</c> for a constant y.</summary>
    public static Tensor operator >(Tensor x, float y) => Record("Greater", null, [x], ("y", y));

    /// <summary>Computes <c>x &gt; y ? 1 : 0</c> for a constant x.</summary>
    public static Tensor operator >(float x, Tensor y) => Record("Greater", null, [y], ("x", x));

    /// <summary>Computes <c>x &gt; y ? 1 : 0</c> for a constant y.</summary>
    public static Tensor operator >(Tensor x, double y) => Record("Greater", null, [x], ("y", (float)y));

    /// <summary>Computes <c>x &gt; y ? 1 : 0</c> for a constant x.</summary>
    public static Tensor operator >(double x, Tensor y) => Record("Greater", null, [y], ("x", (float)x));

    /// <summary>Computes <c>x ≥ y ? 1 : 0</c>, element by element, with broadcasting.</summary>
    public static Tensor operator >=(Tensor x, Tensor y) => Record("GreaterEqual", null, [x, y]);

    /// <summary>Computes <c>x ≥ y ? 1 : 0</c> for a constant y.</summary>
    public static Tensor operator >=(Tensor x, float y) => Record("GreaterEqual", null, [x], ("y", y));

    /// <summary>Computes <c>x ≥ y ? 1 : 0</c> for a constant x.</summary>
    public static Tensor operator >=(float x, Tensor y) => Record("GreaterEqual", null, [y], ("x", x));

    /// <summary>Computes <c>x ≥ y ? 1 : 0</c> for a constant y.</summary>
    public static Tensor operator >=(Tensor x, double y) => Record("GreaterEqual", null, [x], ("y", (float)y));

    /// <summary>Computes <c>x ≥ y ? 1 : 0</c> for a constant x.</summary>
    public static Tensor operator >=(double x, Tensor y) => Record("GreaterEqual", null, [y], ("x", (float)x));

    /// <summary>Computes <c>x &lt; y ? 1 : 0</c>, element by element, with broadcasting.</summary>
    public static Tensor operator <(Tensor x, Tensor y) => Record("Less", null, [x, y]);

    /// <summary>Computes <c>x &lt; y ? 1 : 0</c> for a constant y.</summary>
    public static Tensor operator <(Tensor x, float y) => Record("Less", null, [x], ("y", y));

    /// <summary>Computes <c>x &lt; y ? 1 : 0</c> for a constant x.</summary>
    public static Tensor operator <(float x, Tensor y) => Record("Less", null, [y], ("x", x));

    /// <summary>Computes <c>x &lt; y ? 1 : 0</c> for a constant y.</summary>
    public static Tensor operator <(Tensor x, double y) => Record("Less", null, [x], ("y", (float)y));

    /// <summary>Computes <c>x &lt; y ? 1 : 0</c> for a constant x.</summary>
    public static Tensor operator <(double x, Tensor y) => Record("Less", null, [y], ("x", (float)x));

    /// <summary>Computes <c>x ≤ y ? 1 : 0</c>, element by element, with broadcasting.</summary>
    public static Tensor operator <=(Tensor x, Tensor y) => Record("LessEqual", null, [x, y]);

    /// <summary>Computes <c>x ≤ y ? 1 : 0</c> for a constant y.</summary>
    public static Tensor operator <=(Tensor x, float y) => Record("LessEqual", null, [x], ("y", y));

    /// <summary>Computes <c>x ≤ y ? 1 : 0</c> for a constant x.</summary>
    public static Tensor operator <=(float x, Tensor y) => Record("LessEqual", null, [y], ("x", x));

    /// <summary>Computes <c>x ≤ y ? 1 : 0</c> for a constant y.</summary>
    public static Tensor operator <=(Tensor x, double y) => Record("LessEqual", null, [x], ("y", (float)y));

    /// <summary>Computes <c>x ≤ y ? 1 : 0</c> for a constant x.</summary>
    public static Tensor operator <=(double x, Tensor y) => Record("LessEqual", null, [y], ("x", (float)x));

    /// <summary>Computes <c>x = 0 ? 1 : 0</c>, element by element.</summary>
    public static Tensor operator !(Tensor x) => Record("LogicalNot", null, [x]);

    /// <summary>Computes <c>x ≠ 0 and y ≠ 0 ? 1 : 0</c>, element by element, with broadcasting.</summary>
    public static Tensor operator &(Tensor x, Tensor y) => Record("LogicalAnd", null, [x, y]);

    /// <summary>Computes <c>x ≠ 0 and y ≠ 0 ? 1 : 0</c> for a constant y.</summary>
    public static Tensor operator &(Tensor x, float y) => Record("LogicalAnd", null, [x], ("y", y));

    /// <summary>Computes <c>x ≠ 0 and y ≠ 0 ? 1 : 0</c> for a constant x.</summary>
    public static Tensor operator &(float x, Tensor y) => Record("LogicalAnd", null, [y], ("x", x));

    /// <summary>Computes <c>x ≠ 0 and y ≠ 0 ? 1 : 0</c> for a constant y.</summary>
    public static Tensor operator &(Tensor x, double y) => Record("LogicalAnd", null, [x], ("y", (float)y));

    /// <summary>Computes <c>x ≠ 0 and y ≠ 0 ? 1 : 0</c> for a constant x.</summary>
    public static Tensor operator &(double x, Tensor y) => Record("LogicalAnd", null, [y], ("x", (float)x));

    /// <summary>Computes <c>x ≠ 0 or y ≠ 0 ? 1 : 0</c>, element by element, with broadcasting.</summary>
    public static Tensor operator |(Tensor x, Tensor y) => Record("LogicalOr", null, [x, y]);

    /// <summary>Computes <c>x ≠ 0 or y ≠ 0 ? 1 : 0</c> for a constant y.</summary>
    public static Tensor operator |(Tensor x, float y) => Record("LogicalOr", null, [x], ("y", y));

    /// <summary>Computes <c>x ≠ 0 or y ≠ 0 ? 1 : 0</c> for a constant x.</summary>
    public static Tensor operator |(float x, Tensor y) => Record("LogicalOr", null, [y], ("x", x));

    /// <summary>Computes <c>x ≠ 0 or y ≠ 0 ? 1 : 0</c> for a constant y.</summary>
    public static Tensor operator |(Tensor x, double y) => Record("LogicalOr", null, [x], ("y", (float)y));

    /// <summary>Computes <c>x ≠ 0 or y ≠ 0 ? 1 : 0</c> for a constant x.</summary>
    public static Tensor operator |(double x, Tensor y) => Record("LogicalOr", null, [y], ("x", (float)x));

    /// <summary>Computes <c>(x ≠ 0) ≠ (y ≠ 0) ? 1 : 0</c>, element by element, with broadcasting.</summary>
    public static Tensor operator ^(Tensor x, Tensor y) => Record("LogicalXor", null, [x, y]);

    /// <summary>Computes <c>(x ≠ 0) ≠ (y ≠ 0) ? 1 : 0</c> for a constant y.</summary>
    public static Tensor operator ^(Tensor x, float y) => Record("LogicalXor", null, [x], ("y", y));

    /// <summary>Computes <c>(x ≠ 0) ≠ (y ≠ 0) ? 1 : 0</c> for a constant x.</summary>
    public static Tensor operator ^(float x, Tensor y) => Record("LogicalXor", null, [y], ("x", x));

    /// <summary>Computes <c>(x ≠ 0) ≠ (y ≠ 0) ? 1 : 0</c> for a constant y.</summary>
    public static Tensor operator ^(Tensor x, double y) => Record("LogicalXor", null, [x], ("y", (float)y));

    /// <summary>Computes <c>(x ≠ 0) ≠ (y ≠ 0) ? 1 : 0</c> for a constant x.</summary>
    public static Tensor operator ^(double x, Tensor y) => Record("LogicalXor", null, [y], ("x", (float)x));
}
