using ModelGen.Runtime;

namespace ModelGen.Tests.Runtime;

/// <summary>The rows of a tile: every width of vectors, every number of columns up to four of them.</summary>
public sealed unsafe class RowTests
{
    public static TheoryData<string> Names => Widths.Names;

    [Theory]
    [MemberData(nameof(Names))]
    public void Row_AnyColumns_IsMultipliedAndStored(string width) => Widths.Run(width, new Rows());

    [Fact]
    public void Counts_AreTheirNames()
    {
        var counts = typeof(ICount).Assembly.GetTypes().Where(t => t.IsValueType && typeof(ICount).IsAssignableFrom(t)).ToList();
        Assert.Equal(16, counts.Count(t => t.Name.StartsWith("Rows", StringComparison.Ordinal)));
        Assert.Equal(64, counts.Count(t => t.Name.StartsWith("Columns", StringComparison.Ordinal)));
        Assert.All(counts, t => Assert.Equal(int.Parse(t.Name.AsSpan(t.Name.IndexOfAny([.. "123456789"]))), t.GetProperty("Count")!.GetValue(null)));
    }

    private sealed class Rows : IForEachWidth
    {
        public void Run<L, V>() where L : ILanes<V> where V : unmanaged
        {
            Check<L, V, Columns1>();
            Check<L, V, Columns4>();
            Check<L, V, Columns5>();
            Check<L, V, Columns8>();
            Check<L, V, Columns11>();
            Check<L, V, Columns16>();
            Check<L, V, Columns17>();
            Check<L, V, Columns30>();
            Check<L, V, Columns47>();
            Check<L, V, Columns56>();
            Check<L, V, Columns63>();
            Check<L, V, Columns64>();
            Assert.Equal(16, Row<L, V>.PanelWidth<Columns1>());
            Assert.Equal(16, Row<L, V>.PanelWidth<Columns16>());
            Assert.Equal(64, Row<L, V>.PanelWidth<Columns56>());
            Window<L, V>();
        }

        private static void Check<L, V, C>() where L : ILanes<V> where V : unmanaged where C : ICount
        {
            // Beyond the vectors of a row nothing is read, so that the panel is no longer than those.
            var vectors = (C.Count + L.Count - 1) / L.Count;
            var panel = Enumerable.Range(0, vectors * L.Count).Select(i => i + 2f).ToArray();
            var expected = Enumerable.Range(0, 4 * L.Count).Select(i => i < C.Count ? (3 * (i + 2f)) + 0.5f : -1f).ToArray();
            fixed (float* b = panel)
            {
                for (var form = vectors; form <= 4; form++)
                {
                    var stored = Enumerable.Repeat(-1f, 4 * L.Count).ToArray();
                    fixed (float* c = stored) Multiply<L, V, C>(form, b, c);
                    Assert.Equal(expected, stored);
                }
            }
        }

        private static void Multiply<L, V, C>(int form, float* b, float* c) where L : ILanes<V> where V : unmanaged where C : ICount
        {
            V c0 = L.All(0.5f), c1 = c0, c2 = c0, c3 = c0;
            V b0 = Row<L, V>.Load<C>(b, 0), b1 = Row<L, V>.Load<C>(b, 1), b2 = Row<L, V>.Load<C>(b, 2), b3 = Row<L, V>.Load<C>(b, 3);
            if (form == 1)
            {
                Row<L, V>.MultiplyAdd<C>(3f, b0, ref c0);
                Row<L, V>.Store<C>(c, c0);
            }
            else if (form == 2)
            {
                Row<L, V>.MultiplyAdd<C>(3f, b0, b1, ref c0, ref c1);
                Row<L, V>.Store<C>(c, c0, c1);
            }
            else if (form == 3)
            {
                Row<L, V>.MultiplyAdd<C>(3f, b0, b1, b2, ref c0, ref c1, ref c2);
                Row<L, V>.Store<C>(c, c0, c1, c2);
            }
            else if (form == 4)
            {
                Row<L, V>.MultiplyAdd<C>(3f, b0, b1, b2, b3, ref c0, ref c1, ref c2, ref c3);
                Row<L, V>.Store<C>(c, c0, c1, c2, c3);
            }
        }

        private static void Window<L, V>() where L : ILanes<V> where V : unmanaged
        {
            V c0 = L.All(1), c1 = L.All(2), c2 = L.All(3), c3 = L.All(4), c4 = L.All(5);
            Row<L, V>.MultiplyAdd5(L.All(2), L.All(10), L.All(20), L.All(30), L.All(40), L.All(50), ref c0, ref c1, ref c2, ref c3, ref c4);
            Assert.Equal([21f, 42f, 63f, 84f, 105f], new[] { L.Max(c0), L.Min(c1), L.Max(c2), L.Min(c3), L.Max(c4) });
        }
    }
}
