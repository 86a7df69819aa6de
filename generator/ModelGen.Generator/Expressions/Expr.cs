using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Expressions;

internal enum UnaryKind { Neg, Exp, ExpM1, Log, Log1P, Sqrt, Tanh, Sigmoid, Erf, Abs, Sign, Sin, Cos, Floor }

internal enum BinaryKind { Add, Sub, Mul, Div, Max, Min, Pow }

internal enum CompareKind { Greater, GreaterOrEqual, Less, LessOrEqual, Equal }

/// <summary>A scalar expression over elements of tensors: what a kernel computes at one point of its iteration. Immutable, compared by value.</summary>
internal abstract record Expr
{
    public static readonly Expr Zero = new Const(0), One = new Const(1);

    public static implicit operator Expr(double value) => new Const(value);

    public static Expr operator +(Expr a, Expr b) => Simplify.Binary(BinaryKind.Add, a, b);

    public static Expr operator -(Expr a, Expr b) => Simplify.Binary(BinaryKind.Sub, a, b);

    public static Expr operator *(Expr a, Expr b) => Simplify.Binary(BinaryKind.Mul, a, b);

    public static Expr operator /(Expr a, Expr b) => Simplify.Binary(BinaryKind.Div, a, b);

    public static Expr operator -(Expr a) => Simplify.Unary(UnaryKind.Neg, a);

    public static Expr Exp(Expr x) => Simplify.Unary(UnaryKind.Exp, x);

    /// <summary>e^x - 1, to the last digits near 0 too.</summary>
    public static Expr ExpM1(Expr x) => Simplify.Unary(UnaryKind.ExpM1, x);

    public static Expr Log(Expr x) => Simplify.Unary(UnaryKind.Log, x);

    /// <summary>log(1 + x), to the last digits near 0 too.</summary>
    public static Expr Log1P(Expr x) => Simplify.Unary(UnaryKind.Log1P, x);

    public static Expr Sqrt(Expr x) => Simplify.Unary(UnaryKind.Sqrt, x);

    public static Expr Tanh(Expr x) => Simplify.Unary(UnaryKind.Tanh, x);

    public static Expr Sigmoid(Expr x) => Simplify.Unary(UnaryKind.Sigmoid, x);

    public static Expr Erf(Expr x) => Simplify.Unary(UnaryKind.Erf, x);

    public static Expr Abs(Expr x) => Simplify.Unary(UnaryKind.Abs, x);

    public static Expr Sign(Expr x) => Simplify.Unary(UnaryKind.Sign, x);

    public static Expr Max(Expr a, Expr b) => Simplify.Binary(BinaryKind.Max, a, b);

    public static Expr Min(Expr a, Expr b) => Simplify.Binary(BinaryKind.Min, a, b);

    public static Expr Pow(Expr a, Expr b) => Simplify.Binary(BinaryKind.Pow, a, b);

    public static Expr Where(Expr condition, Expr then, Expr otherwise) => Simplify.Choose(condition, then, otherwise);

    public static Expr operator >(Expr a, Expr b) => new Compare(CompareKind.Greater, a, b);

    public static Expr operator <(Expr a, Expr b) => new Compare(CompareKind.Less, a, b);

    public static Expr operator >=(Expr a, Expr b) => new Compare(CompareKind.GreaterOrEqual, a, b);

    public static Expr operator <=(Expr a, Expr b) => new Compare(CompareKind.LessOrEqual, a, b);

    public static Expr Equal(Expr a, Expr b) => new Compare(CompareKind.Equal, a, b);

    /// <summary>The same value; a constant to differentiation.</summary>
    public static Expr StopGradient(Expr x) => x is Const or SizeOf or IndexOf or Random ? x : new Stop(x);

    /// <summary>The value of the first expression with the derivative of the second, where the derivative of the formula that is best to
    /// compute is not the one that is best to differentiate. The two are the same function; the second reads nothing that the first does not.</summary>
    public static Expr DifferentiateAs(Expr value, Expr like) => value is Const ? value : new Surrogate(value, like);

    public virtual Expr[] Children => Array.Empty<Expr>();

    /// <summary>Rebuilds the expression bottom up; <paramref name="replace"/> sees each node after its children.</summary>
    public Expr Rewrite(Func<Expr, Expr> replace) => replace(WithChildren(c => c.Rewrite(replace)));

    /// <summary>Rebuilds top down: where <paramref name="replace"/> gives a value, that stands; elsewhere the children are visited.</summary>
    public Expr Replace(Func<Expr, Expr?> replace) => replace(this) ?? WithChildren(c => c.Replace(replace));

    protected virtual Expr WithChildren(Func<Expr, Expr> map) => this;

    /// <summary>The expression and all inside of it, each before what it consists of.</summary>
    /// <param name="without">Parts that are left out, with all inside of them; null for none.</param>
    public IEnumerable<Expr> SelfAndDescendants(Func<Expr, bool>? without = null)
    {
        Cancellation.Check();
        var todo = new Stack<Expr>();
        todo.Push(this);
        while (todo.Count > 0)
        {
            var e = todo.Pop();
            if (without is not null && without(e)) continue;
            yield return e;
            var children = e.Children;
            for (var c = children.Length - 1; c >= 0; c--) todo.Push(children[c]);
        }
    }

    /// <summary>The distinct reads of tensors, those inside gathering indices included.</summary>
    /// <param name="without">Parts whose reads do not count; null for none.</param>
    public IReadOnlyList<Load> Loads(Func<Expr, bool>? without = null)
    {
        var found = new List<Load>();
        var known = new HashSet<Load>();
        void Add(Load load)
        {
            if (known.Add(load)) found.Add(load);
            foreach (var index in load.Index)
                if (index.Lookup is not null) Add(index.Lookup);
        }
        foreach (var e in SelfAndDescendants(without))
            if (e is Load load) Add(load);
            else if (e is Valid valid) Add(valid.Of);
            else if (e is IndexOf { Index.Lookup: { } lookup }) Add(lookup);
        return found;
    }

    /// <summary>True with a function of many instructions.</summary>
    public bool IsCostly() => SelfAndDescendants().Any(e => e
        is UnaryNode { Kind: UnaryKind.Exp or UnaryKind.ExpM1 or UnaryKind.Log or UnaryKind.Log1P or UnaryKind.Tanh or UnaryKind.Sigmoid or UnaryKind.Erf or UnaryKind.Sin or UnaryKind.Cos }
        or BinaryNode { Kind: BinaryKind.Pow });

    public bool Contains(Expr part) => SelfAndDescendants().Any(e => e.Equals(part));

    public sealed override string ToString() => ExprPrinter.Print(this);

    internal sealed record BinaryNode(BinaryKind Kind, Expr A, Expr B) : Expr
    {
        public override Expr[] Children => new[] { A, B };

        protected override Expr WithChildren(Func<Expr, Expr> map) => Simplify.Binary(Kind, map(A), map(B));
    }

    internal sealed record UnaryNode(UnaryKind Kind, Expr X) : Expr
    {
        public override Expr[] Children => new[] { X };

        protected override Expr WithChildren(Func<Expr, Expr> map) => Simplify.Unary(Kind, map(X));
    }

    internal sealed record SelectNode(Expr Condition, Expr Then, Expr Else) : Expr
    {
        public override Expr[] Children => new[] { Condition, Then, Else };

        protected override Expr WithChildren(Func<Expr, Expr> map) => Simplify.Choose(map(Condition), map(Then), map(Else));
    }

    /// <summary>A truth value; stands only as the condition of a select or inside <see cref="Both"/>.</summary>
    internal sealed record Compare(CompareKind Kind, Expr A, Expr B) : Expr
    {
        public override Expr[] Children => new[] { A, B };

        protected override Expr WithChildren(Func<Expr, Expr> map) => new Compare(Kind, map(A), map(B));
    }

    /// <summary>Both truth values.</summary>
    internal sealed record Both(Expr A, Expr B) : Expr
    {
        public override Expr[] Children => new[] { A, B };

        protected override Expr WithChildren(Func<Expr, Expr> map) => new Both(map(A), map(B));
    }

    internal sealed record Stop(Expr X) : Expr
    {
        public override Expr[] Children => new[] { X };

        protected override Expr WithChildren(Func<Expr, Expr> map) => StopGradient(map(X));
    }

    /// <summary>See <see cref="DifferentiateAs"/>. To everything but differentiation it is its value.</summary>
    internal sealed record Surrogate(Expr Value, Expr Like) : Expr
    {
        public override Expr[] Children => new[] { Value };

        protected override Expr WithChildren(Func<Expr, Expr> map) => DifferentiateAs(map(Value), map(Like));
    }

    internal sealed record Const(double Value) : Expr;

    /// <summary>The size of an axis as a number (N for the batch).</summary>
    internal sealed record SizeOf(Axis Axis) : Expr;

    /// <summary>A position of the iteration as a number.</summary>
    internal sealed record IndexOf(AffineIndex Index) : Expr;

    /// <summary>A uniform number in [0, 1) that depends only on the step's seed, the stream and the counter.</summary>
    internal sealed record Random(int Stream, AffineIndex Counter) : Expr;

    /// <summary>An element of the tensor with node number <c>Node</c>; <c>Fill</c> where an index lies outside it.</summary>
    internal sealed record Load(int Node, EquatableArray<AffineIndex> Index, double Fill = 0) : Expr
    {
        /// <summary>The element at the point of the iteration itself: index d is variable d.</summary>
        /// <param name="dimensions">Of the tensor.</param>
        /// <param name="rank">Of the iteration, where it has more variables.</param>
        public static Load AtPoint(int node, int dimensions, int? rank = null) =>
            new(node, Enumerable.Range(0, dimensions).Select(d => AffineIndex.Variable(rank ?? dimensions, d)).ToEquatableArray());

        /// <summary>True where index d is variable d.</summary>
        public bool IsAtPoint => Index.Select((i, d) => i.AsVariable() == d).All(same => same);
    }

    /// <summary>True where the load's indices lie inside its tensor.</summary>
    internal sealed record Valid(Load Of) : Expr;

    /// <summary>A value computed earlier in the same fused kernel, at the same point of the outer iteration.</summary>
    internal sealed record Local(int Id) : Expr;
}
