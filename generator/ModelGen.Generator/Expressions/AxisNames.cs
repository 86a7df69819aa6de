using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace ModelGen.Generator.Expressions;

/// <summary>The names of axes: one letter each, the same in every model, so that a formula can be read without its shapes.</summary>
/// <remarks>
/// <c>n</c> sample; <c>c</c> input channel or class; <c>o</c> output channel or feature; <c>i</c> input feature; <c>g</c> group, or row of the gates of a cell;
/// <c>u</c> hidden unit; <c>z, y, x</c> position; <c>kz, ky, kx</c> position in a window; <c>t</c> time step; <c>h</c> head; <c>d</c> element of a head or
/// of an embedding; <c>q</c> query; <c>k</c> key, or what a product sums over; <c>v</c> row of a table; <c>l</c> layer and direction.
/// </remarks>
internal static class AxisNames
{
    /// <summary>Several axes counted as one, where their own names together would not be readable.</summary>
    public const string Row = "row";

    private const int LongestOfSeveral = 4;

    // What axes without names are called.
    private static readonly string[] s_letters = "ijklmpqrsabcdefghuvwz".Select(l => l.ToString()).ToArray();

    private static readonly string[] s_positions = { "z", "y", "x" };

    /// <summary>The names of spatial axes, the last of them along a row: x; y, x; z, y, x.</summary>
    public static IEnumerable<string> Positions(int rank) => s_positions.Skip(s_positions.Length - rank);

    /// <summary>The axes of a window over as many spatial axes as it has sizes.</summary>
    public static Axis[] Window(IReadOnlyList<int> sizes) => Positions(sizes.Count).Select((name, d) => new Axis("k" + name, sizes[d])).ToArray();

    /// <summary>Spatial axes of these sizes.</summary>
    public static Axis[] Spatial(IReadOnlyList<int> sizes) => Positions(sizes.Count).Select((name, d) => new Axis(name, sizes[d])).ToArray();

    /// <summary>The name of several axes that are counted as one: <c>nyx</c>, or <see cref="Row"/>.</summary>
    public static string OfSeveral(IEnumerable<Axis> axes)
    {
        var names = axes.Where(a => !a.IsOne).Select(a => a.Name).ToList();
        if (names.Count == 1) return names[0];
        var together = string.Concat(names);
        return names.All(n => n.Length == 1) && together.Length <= LongestOfSeveral && names.Distinct().Count() == names.Count ? together : Row;
    }

    /// <summary>The axes of a view with the names that follow from what is viewed: an axis that is kept keeps its name, and several that are seen as one are
    /// named together. Names that the view has already stay.</summary>
    public static IEnumerable<Axis> OfView(IReadOnlyList<Axis> source, IReadOnlyList<Axis> view)
    {
        var named = view.ToArray();
        for (int s = 0, v = 0; s < source.Count && v < named.Length;)
        {
            int firstOfSource = s, firstOfView = v;
            long held = source[s++].Factor, seen = named[v++].Factor;
            // The fewest axes of both that hold as many elements belong together; a size of 1 goes with what stands before it.
            while (held != seen)
            {
                if (held < seen ? s == source.Count : v == named.Length) return named;
                if (held < seen) held *= source[s++].Factor;
                else seen *= named[v++].Factor;
            }
            while (s < source.Count && source[s].IsOne) s++;
            while (v < named.Length && named[v].IsOne) v++;
            var whole = Enumerable.Range(firstOfView, v - firstOfView).Where(a => !named[a].IsOne).ToList();
            if (whole.Count == 1) named[whole[0]] = named[whole[0]].Or(OfSeveral(source.Skip(firstOfSource).Take(s - firstOfSource)));
        }
        return named;
    }

    /// <summary>For each axis a name that none of the others has: its own, with a number where that is taken, or the next free letter where it has
    /// none.</summary>
    /// <param name="taken">Names that mean something else.</param>
    public static string[] Distinct(IReadOnlyList<Axis> axes, IEnumerable<string>? taken = null)
    {
        var names = new string[axes.Count];
        var used = new HashSet<string>(taken ?? Enumerable.Empty<string>());
        for (var a = 0; a < names.Length; a++)
            if (axes[a].Name.Length > 0) names[a] = Free(axes[a].Name);
        for (var a = 0; a < names.Length; a++) names[a] ??= Free(Array.Find(s_letters, l => !used.Contains(l)) ?? s_letters[0]);
        return names;

        string Free(string stem)
        {
            var name = stem;
            for (var number = 2; !used.Add(name); number++) name = stem + number.ToString(CultureInfo.InvariantCulture);
            return name;
        }
    }
}
