using System.ComponentModel;

namespace ModelGen.Runtime;

/// <summary>
/// Provides the operations on vectors of <see cref="Count"/> floats. Generated kernels are written once, over an L that implements this interface and the
/// vector V that it works on; the JIT compiles them for each width and every operation becomes an instruction.
/// </summary>
/// <remarks>
/// V is the framework's own type, without a struct around it, which would cost registers. Vectors are passed by value or by reference, never out: the JIT
/// of .NET 8 keeps the variables of out arguments in memory. A mask is a vector whose lanes have all bits set, or none.
/// </remarks>
/// <typeparam name="V">The vector.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public unsafe interface ILanes<V> where V : unmanaged
{
    /// <summary>Gets the number of floats in a vector: a constant to the JIT.</summary>
    static abstract int Count { get; }

    /// <summary>Gets a vector of zeros.</summary>
    static abstract V Zero { get; }

    /// <summary>Gets 0, 1, 2, … as floats.</summary>
    static abstract V Indices { get; }

    /// <summary>Returns a vector whose lanes are all the same number.</summary>
    static abstract V All(float x);

    /// <summary>Returns start, start + step, … as floats (exact below 2²⁴).</summary>
    static abstract V Sequence(int start, int step);

    /// <summary>Loads neighbours.</summary>
    static abstract V Load(float* p);

    /// <summary>Loads neighbours and converts them.</summary>
    static abstract V Load(int* p);

    /// <summary>
    /// Loads the first <paramref name="count"/> floats, with zeros after them, where nothing is read. They are read one by one: a vector that was stored in
    /// several parts a moment ago can be read as a whole only when all parts have reached the cache.
    /// </summary>
    /// <param name="p">Where they lie.</param>
    /// <param name="count">Any number: at or below 0 nothing is read, from <see cref="Count"/> on a whole vector. A literal leaves no branch.</param>
    static abstract V LoadPartial(float* p, int count);

    /// <summary>Loads p[0], p[2], p[4], …; it reads twice as many floats as a vector has.</summary>
    static abstract V LoadEven(float* p);

    /// <summary>Stores all lanes.</summary>
    static abstract void Store(float* p, V x);

    /// <summary>Stores the first <paramref name="count"/> lanes and touches nothing after them.</summary>
    /// <param name="p">Where they go.</param>
    /// <param name="x">The vector.</param>
    /// <param name="count">Any number: at or below 0 nothing is stored, from <see cref="Count"/> on all lanes. A literal leaves no branch.</param>
    static abstract void StorePartial(float* p, V x, int count);

    /// <summary>Stores even[0], odd[0], even[1], odd[1], …: <paramref name="count"/> pairs, and at most <see cref="Count"/>.</summary>
    static abstract void StorePairs(float* p, V even, V odd, int count);

    /// <summary>Returns a random number in [0, 1) for each of the counters counter, counter + step, … (see <see cref="Simd.Uniform(uint, uint)"/>).</summary>
    static abstract V Uniform(uint counter, uint step, uint key);

    /// <summary>Computes a + b.</summary>
    static abstract V Add(V a, V b);

    /// <summary>Computes a − b.</summary>
    static abstract V Subtract(V a, V b);

    /// <summary>Computes a · b.</summary>
    static abstract V Multiply(V a, V b);

    /// <summary>Computes a / b.</summary>
    static abstract V Divide(V a, V b);

    /// <summary>Computes −x.</summary>
    static abstract V Negate(V x);

    /// <summary>Computes a · b + c, rounded once where the processor has such an instruction and twice where it has not.</summary>
    static abstract V MultiplyAdd(V a, V b, V c);

    /// <summary>Returns the greater of two; NaN where either is NaN.</summary>
    static abstract V Max(V a, V b);

    /// <summary>Returns the smaller of two; NaN where either is NaN.</summary>
    static abstract V Min(V a, V b);

    /// <summary>Returns the greater of x and a vector that has no NaN; NaN where x is NaN. It is one instruction.</summary>
    static abstract V AtLeast(V x, V number);

    /// <summary>Returns the smaller of x and a vector that has no NaN; NaN where x is NaN. It is one instruction.</summary>
    static abstract V AtMost(V x, V number);

    /// <summary>Returns x where it is positive and 0 elsewhere; NaN stays NaN.</summary>
    static abstract V Relu(V x);

    /// <summary>Computes √x.</summary>
    static abstract V Sqrt(V x);

    /// <summary>Computes |x|.</summary>
    static abstract V Abs(V x);

    /// <summary>Computes ⌊x⌋.</summary>
    static abstract V Floor(V x);

    /// <summary>Returns −1, 0 or 1; NaN stays NaN.</summary>
    static abstract V Sign(V x);

    /// <inheritdoc cref="Simd.Exp(float)"/>
    static abstract V Exp(V x);

    /// <inheritdoc cref="Simd.ExpM1(float)"/>
    static abstract V ExpM1(V x);

    /// <inheritdoc cref="Simd.Log(float)"/>
    static abstract V Log(V x);

    /// <inheritdoc cref="Simd.Log1P(float)"/>
    static abstract V Log1P(V x);

    /// <inheritdoc cref="Simd.Tanh(float)"/>
    static abstract V Tanh(V x);

    /// <inheritdoc cref="Simd.Sigmoid(float)"/>
    static abstract V Sigmoid(V x);

    /// <inheritdoc cref="Simd.Erf(float)"/>
    static abstract V Erf(V x);

    /// <inheritdoc cref="Simd.Sin(float)"/>
    static abstract V Sin(V x);

    /// <inheritdoc cref="Simd.Cos(float)"/>
    static abstract V Cos(V x);

    /// <inheritdoc cref="Simd.Atan(float)"/>
    static abstract V Atan(V x);

    /// <summary>Computes x^y with the framework's power, lane by lane.</summary>
    static abstract V Pow(V x, V y);

    /// <summary>Returns the mask of the lanes where a &gt; b.</summary>
    static abstract V Greater(V a, V b);

    /// <summary>Returns the mask of the lanes where a ≥ b.</summary>
    static abstract V GreaterOrEqual(V a, V b);

    /// <summary>Returns the mask of the lanes where a &lt; b.</summary>
    static abstract V Less(V a, V b);

    /// <summary>Returns the mask of the lanes where a ≤ b.</summary>
    static abstract V LessOrEqual(V a, V b);

    /// <summary>Returns the mask of the lanes where a = b.</summary>
    static abstract V Equal(V a, V b);

    /// <summary>Returns the mask of the lanes that both masks have.</summary>
    static abstract V And(V a, V b);

    /// <summary>Returns the mask of all lanes or of none.</summary>
    static abstract V Mask(bool isSet);

    /// <summary>Returns the mask of the first <paramref name="count"/> lanes: of none at or below 0, of all from <see cref="Count"/> on.</summary>
    static abstract V FirstLanes(int count);

    /// <summary>Returns a where the mask is set and b elsewhere.</summary>
    static abstract V Select(V mask, V a, V b);

    /// <summary>Returns a where the mask is set and 0 elsewhere.</summary>
    static abstract V Where(V mask, V a);

    /// <summary>Returns a in the first <paramref name="count"/> lanes and 0 in the others.</summary>
    static abstract V First(int count, V a);

    /// <summary>Returns the sum of the lanes, by halves: the same order in every call.</summary>
    static abstract float Sum(V x);

    /// <summary>Returns the greatest lane; NaN where one is NaN.</summary>
    static abstract float Max(V x);

    /// <summary>Returns the smallest lane; NaN where one is NaN.</summary>
    static abstract float Min(V x);

    /// <summary>Adds to a sum, and adds what that rounds away to the rest (Knuth's two-sum): the sum of many terms is the sum and the rest together.</summary>
    /// <param name="x">What is added.</param>
    /// <param name="sum">The sum so far.</param>
    /// <param name="rest">What the additions so far have rounded away.</param>
    static abstract void AddCompensated(V x, ref V sum, ref V rest);

    /// <summary>Returns a sum together with what its additions rounded away; the sum alone where it is not finite, because the rest is NaN then.</summary>
    static abstract V Total(V sum, V rest);

    /// <summary>Asks for the cache line at p in all levels of the cache, where the processor has an instruction for that.</summary>
    static abstract void Prefetch0(float* p);

    /// <summary>Asks for the cache line at p in the second level and those after it, where the processor has an instruction for that.</summary>
    static abstract void Prefetch1(float* p);
}
