using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Expressions;

internal enum UnaryKind { Neg, Exp, ExpM1, Log, Log1P, Sqrt, Tanh, Sigmoid, Erf, Abs, Sign, Sin, Cos, Atan, Floor }

internal enum BinaryKind { Add, Sub, Mul, Div, Max, Min, Pow }

internal enum CompareKind { Greater, GreaterOrEqual, Less, LessOrEqual, Equal }

/// <summary>A scalar expression over elements of tensors: what a kernel computes at one point of its iteration. Immutable, compared by value.</summary>
/// <remarks>What is asked for again and again, as passes do for each reader of a value, is found once for each expression.</remarks>
internal abstract record Expr
{
    // Up to so many are told apart one by one.
    private const int FewLoads = 8;

    private Load[]? _loads;
    private int[]? _reads;
    private int _size, _hash;
    private bool? _isSettled;

    protected Expr()
    {
    }

    // What has been found of the original need not hold of the copy.
    protected Expr(Expr original)
    {
    }

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

    public static Expr Sin(Expr x) => Simplify.Unary(UnaryKind.Sin, x);

    public static Expr Cos(Expr x) => Simplify.Unary(UnaryKind.Cos, x);

    public static Expr Atan(Expr x) => Simplify.Unary(UnaryKind.Atan, x);

    public static Expr Floor(Expr x) => Simplify.Unary(UnaryKind.Floor, x);

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

    /// <summary>The number of parts, the expression itself included; the largest int where there are more.</summary>
    public int Size => _size > 0 ? _size : _size = (int)Math.Min(int.MaxValue, 1 + SizeOfChildren());

    /// <summary>True where every position in it is a sum of variables, and building it again from the same parts makes no other expression.</summary>
    public bool IsSettled => _isSettled ??= FindIsSettled();

    /// <summary>Numbers of the nodes that it reads, each once.</summary>
    public IReadOnlyList<int> Reads => _reads ??= Loads().Select(l => l.Node).Distinct().ToArray();

    /// <summary>Rebuilds the expression bottom up; <paramref name="replace"/> sees each node after its children.</summary>
    public Expr Rewrite(Func<Expr, Expr> replace)
    {
        Func<Expr, Expr> map = null!;
        map = e => replace(e.WithChildren(map));
        return map(this);
    }

    /// <summary>Rebuilds top down: where <paramref name="replace"/> gives a value, that stands; elsewhere the children are visited.</summary>
    /// <remarks>A part in which nothing is replaced is the same object afterwards.</remarks>
    public Expr Replace(Func<Expr, Expr?> replace)
    {
        Func<Expr, Expr> map = null!;
        map = e => replace(e) ?? e.WithChildren(map);
        return map(this);
    }

    public virtual bool Equals(Expr? other) => other is not null && GetType() == other.GetType();

    public override int GetHashCode() => Hash.Seed;

    // Of the children in their order.
    protected virtual Expr WithChildren(Func<Expr, Expr> map) => this;

    protected virtual void PushChildren(Stack<Expr> todo)
    {
    }

    protected virtual void VisitChildren(Func<Expr, bool> entersChildren)
    {
    }

    protected virtual long SizeOfChildren() => 0;

    protected virtual bool FindIsSettled() => true;

    // Mixed at each level: what is made of a chain of equal functions would have one of two numbers otherwise. Never 0, which stands for one that is not known
    // yet.
    private int Remember(int hash)
    {
        var mixed = unchecked((hash ^ (int)((uint)hash >> 15)) * (int)2654435769);
        return _hash = mixed == 0 ? Hash.Seed : mixed;
    }

    private void Visit(Func<Expr, bool> entersChildren)
    {
        if (entersChildren(this)) VisitChildren(entersChildren);
    }

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
            e.PushChildren(todo);
        }
    }

    /// <summary>True where the expression or one inside of it is as the test says.</summary>
    public bool Has(Func<Expr, bool> test)
    {
        Cancellation.Check();
        var has = false;
        Visit(e => !has && !(has = test(e)));
        return has;
    }

    /// <summary>The distinct reads of tensors, those inside gathering indices included.</summary>
    public IReadOnlyList<Load> Loads() => _loads ??= FindLoads(null);

    /// <summary>The distinct reads of tensors but those of some parts.</summary>
    /// <param name="without">Parts whose reads do not count.</param>
    public IReadOnlyList<Load> Loads(Func<Expr, bool> without) => FindLoads(without);

    private Load[] FindLoads(Func<Expr, bool>? without)
    {
        Cancellation.Check();
        var found = new List<Load>();
        HashSet<Load>? known = null;
        Visit(e =>
        {
            if (without is not null && without(e)) return false;
            if (e is Load load) Add(load);
            else if (e is Valid valid) Add(valid.Of);
            else if (e is IndexOf { Index.Lookup: { } lookup }) Add(lookup);
            else if (without is null && e._loads is { } before)
            {
                foreach (var l in before) AddOne(l);
                return false;
            }
            return true;
        });
        return found.Count == 0 ? Array.Empty<Load>() : found.ToArray();

        void Add(Load load)
        {
            AddOne(load);
            for (var i = 0; i < load.Index.Count; i++)
                if (load.Index[i].Lookup is { } lookup) Add(lookup);
        }

        void AddOne(Load load)
        {
            if (known is null ? found.Contains(load) : !known.Add(load)) return;
            found.Add(load);
            if (known is null && found.Count > FewLoads) known = new(found);
        }
    }

    /// <summary>True with a function of many instructions.</summary>
    public bool IsCostly() => Has(static e => e
        is UnaryNode
        {
            Kind: UnaryKind.Exp or UnaryKind.ExpM1 or UnaryKind.Log or UnaryKind.Log1P or UnaryKind.Tanh
                or UnaryKind.Sigmoid or UnaryKind.Erf or UnaryKind.Sin or UnaryKind.Cos or UnaryKind.Atan
        }
        or BinaryNode { Kind: BinaryKind.Pow });

    public bool Contains(Expr part) => Has(e => e.Equals(part));

    public sealed override string ToString() => ExprPrinter.Print(this);

    internal sealed record BinaryNode(BinaryKind Kind, Expr A, Expr B) : Expr
    {
        public override Expr[] Children => new[] { A, B };

        public bool Equals(BinaryNode? other) => ReferenceEquals(this, other) || other is not null && GetHashCode() == other.GetHashCode()
            && Kind == other.Kind && A.Equals(other.A) && B.Equals(other.B);

        public override int GetHashCode() => _hash != 0 ? _hash : Remember(Hash.Combine(Hash.Combine((int)Kind + 1, A.GetHashCode()), B.GetHashCode()));

        protected override Expr WithChildren(Func<Expr, Expr> map)
        {
            Expr a = map(A), b = map(B);
            return ReferenceEquals(a, A) && ReferenceEquals(b, B) ? this : Simplify.Binary(Kind, a, b);
        }

        protected override void PushChildren(Stack<Expr> todo)
        {
            todo.Push(B);
            todo.Push(A);
        }

        protected override void VisitChildren(Func<Expr, bool> entersChildren)
        {
            A.Visit(entersChildren);
            B.Visit(entersChildren);
        }

        protected override long SizeOfChildren() => (long)A.Size + B.Size;

        protected override bool FindIsSettled() => A.IsSettled && B.IsSettled;
    }

    internal sealed record UnaryNode(UnaryKind Kind, Expr X) : Expr
    {
        public override Expr[] Children => new[] { X };

        public bool Equals(UnaryNode? other) => ReferenceEquals(this, other) || other is not null && GetHashCode() == other.GetHashCode() && Kind == other.Kind
            && X.Equals(other.X);

        public override int GetHashCode() => _hash != 0 ? _hash : Remember(Hash.Combine((int)Kind + 101, X.GetHashCode()));

        protected override Expr WithChildren(Func<Expr, Expr> map) => map(X) is var x && ReferenceEquals(x, X) ? this : Simplify.Unary(Kind, x);

        protected override void PushChildren(Stack<Expr> todo) => todo.Push(X);

        protected override void VisitChildren(Func<Expr, bool> entersChildren) => X.Visit(entersChildren);

        protected override long SizeOfChildren() => X.Size;

        protected override bool FindIsSettled() => X.IsSettled;
    }

    internal sealed record SelectNode(Expr Condition, Expr Then, Expr Else) : Expr
    {
        public override Expr[] Children => new[] { Condition, Then, Else };

        public bool Equals(SelectNode? other) => ReferenceEquals(this, other)
            || other is not null && GetHashCode() == other.GetHashCode() && Condition.Equals(other.Condition) && Then.Equals(other.Then)
                && Else.Equals(other.Else);

        public override int GetHashCode() => _hash != 0 ? _hash
            : Remember(Hash.Combine(Hash.Combine(Hash.Combine(201, Condition.GetHashCode()), Then.GetHashCode()), Else.GetHashCode()));

        protected override Expr WithChildren(Func<Expr, Expr> map)
        {
            Expr condition = map(Condition), then = map(Then), otherwise = map(Else);
            return IsSettled && ReferenceEquals(condition, Condition) && ReferenceEquals(then, Then)
                && ReferenceEquals(otherwise, Else) ? this : Simplify.Choose(condition, then, otherwise);
        }

        protected override void PushChildren(Stack<Expr> todo)
        {
            todo.Push(Else);
            todo.Push(Then);
            todo.Push(Condition);
        }

        protected override void VisitChildren(Func<Expr, bool> entersChildren)
        {
            Condition.Visit(entersChildren);
            Then.Visit(entersChildren);
            Else.Visit(entersChildren);
        }

        protected override long SizeOfChildren() => (long)Condition.Size + Then.Size + Else.Size;

        // What was taken out of a choice with the same condition can be what is chosen otherwise.
        protected override bool FindIsSettled() => Condition.IsSettled && Then.IsSettled && Else.IsSettled && !Then.Equals(Else);
    }

    /// <summary>A truth value; stands only as the condition of a select or inside <see cref="Both"/>.</summary>
    internal sealed record Compare(CompareKind Kind, Expr A, Expr B) : Expr
    {
        public override Expr[] Children => new[] { A, B };

        protected override Expr WithChildren(Func<Expr, Expr> map)
        {
            Expr a = map(A), b = map(B);
            return ReferenceEquals(a, A) && ReferenceEquals(b, B) ? this : new Compare(Kind, a, b);
        }

        protected override void PushChildren(Stack<Expr> todo)
        {
            todo.Push(B);
            todo.Push(A);
        }

        protected override void VisitChildren(Func<Expr, bool> entersChildren)
        {
            A.Visit(entersChildren);
            B.Visit(entersChildren);
        }

        protected override long SizeOfChildren() => (long)A.Size + B.Size;

        protected override bool FindIsSettled() => A.IsSettled && B.IsSettled;
    }

    /// <summary>Both truth values.</summary>
    internal sealed record Both(Expr A, Expr B) : Expr
    {
        public override Expr[] Children => new[] { A, B };

        protected override Expr WithChildren(Func<Expr, Expr> map)
        {
            Expr a = map(A), b = map(B);
            return ReferenceEquals(a, A) && ReferenceEquals(b, B) ? this : new Both(a, b);
        }

        protected override void PushChildren(Stack<Expr> todo)
        {
            todo.Push(B);
            todo.Push(A);
        }

        protected override void VisitChildren(Func<Expr, bool> entersChildren)
        {
            A.Visit(entersChildren);
            B.Visit(entersChildren);
        }

        protected override long SizeOfChildren() => (long)A.Size + B.Size;

        protected override bool FindIsSettled() => A.IsSettled && B.IsSettled;
    }

    internal sealed record Stop(Expr X) : Expr
    {
        public override Expr[] Children => new[] { X };

        protected override Expr WithChildren(Func<Expr, Expr> map) => map(X) is var x && ReferenceEquals(x, X) ? this : StopGradient(x);

        protected override void PushChildren(Stack<Expr> todo) => todo.Push(X);

        protected override void VisitChildren(Func<Expr, bool> entersChildren) => X.Visit(entersChildren);

        protected override long SizeOfChildren() => X.Size;

        protected override bool FindIsSettled() => X.IsSettled;
    }

    /// <summary>See <see cref="DifferentiateAs"/>. To everything but differentiation it is its value.</summary>
    internal sealed record Surrogate(Expr Value, Expr Like) : Expr
    {
        public override Expr[] Children => new[] { Value };

        protected override Expr WithChildren(Func<Expr, Expr> map)
        {
            Expr value = map(Value), like = map(Like);
            return ReferenceEquals(value, Value) && ReferenceEquals(like, Like) ? this : DifferentiateAs(value, like);
        }

        protected override void PushChildren(Stack<Expr> todo) => todo.Push(Value);

        protected override void VisitChildren(Func<Expr, bool> entersChildren) => Value.Visit(entersChildren);

        protected override long SizeOfChildren() => Value.Size;

        protected override bool FindIsSettled() => Value.IsSettled && Like.IsSettled;
    }

    internal sealed record Const(double Value) : Expr;

    /// <summary>The size of an axis as a number (N for the batch).</summary>
    internal sealed record SizeOf(Axis Axis) : Expr;

    /// <summary>A position of the iteration as a number.</summary>
    internal sealed record IndexOf(AffineIndex Index) : Expr
    {
        protected override bool FindIsSettled() => Index.IsSum;
    }

    /// <summary>A uniform number in [0, 1) that depends only on the step's seed, the stream and the counter.</summary>
    internal sealed record Random(int Stream, AffineIndex Counter) : Expr
    {
        protected override bool FindIsSettled() => Counter.IsSum;
    }

    /// <summary>An element of the tensor with node number <c>Node</c>; <c>Fill</c> where an index lies outside it.</summary>
    internal sealed record Load(int Node, EquatableArray<AffineIndex> Index, double Fill = 0) : Expr
    {
        /// <summary>The element at the point of the iteration itself: index d is variable d.</summary>
        /// <param name="dimensions">Of the tensor.</param>
        /// <param name="rank">Of the iteration, where it has more variables.</param>
        public static Load AtPoint(int node, int dimensions, int? rank = null) => new(node, AffineIndex.Variables(rank ?? dimensions, dimensions));

        /// <summary>True where index d is variable d.</summary>
        public bool IsAtPoint
        {
            get
            {
                for (var d = 0; d < Index.Count; d++)
                    if (Index[d].AsVariable() != d) return false;
                return true;
            }
        }

        public bool Equals(Load? other) => ReferenceEquals(this, other) || other is not null && Node == other.Node && GetHashCode() == other.GetHashCode()
            && Fill.Equals(other.Fill) && Index == other.Index;

        public override int GetHashCode() => _hash != 0 ? _hash : Remember(Hash.Combine(Hash.Combine(Node, Index.GetHashCode()), Fill.GetHashCode()));

        protected override bool FindIsSettled()
        {
            for (var d = 0; d < Index.Count; d++)
                if (!Index[d].IsSum) return false;
            return true;
        }
    }

    /// <summary>True where the load's indices lie inside its tensor.</summary>
    internal sealed record Valid(Load Of) : Expr
    {
        protected override bool FindIsSettled() => Of.IsSettled;
    }

    /// <summary>A value computed earlier in the same fused kernel, at the same point of the outer iteration.</summary>
    internal sealed record Local(int Id) : Expr;
}
