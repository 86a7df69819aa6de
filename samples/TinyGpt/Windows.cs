namespace TinyGpt;

/// <summary>Cuts windows out of a text: the characters, and beside each the next one.</summary>
internal static class Windows
{
    /// <summary>Windows at random places.</summary>
    public static Dataset AtRandom(ReadOnlySpan<int> text, int count, ref Rng rng)
    {
        var starts = new int[count];
        for (int i = 0; i < count; i++)
            starts[i] = rng.NextInt(text.Length - CharGpt.Context);
        return At(text, starts);
    }

    /// <summary>Windows one after the other, spread over the text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">How many at most.</param>
    public static Dataset InOrder(ReadOnlySpan<int> text, int most)
    {
        int room = (text.Length - 1) / CharGpt.Context, count = Math.Min(room, most);
        return At(text, [.. Enumerable.Range(0, count).Select(i => (int)((long)i * room / count) * CharGpt.Context)]);
    }

    static Dataset At(ReadOnlySpan<int> text, int[] starts)
    {
        int[] characters = new int[starts.Length * CharGpt.Context], next = new int[characters.Length];
        for (int i = 0; i < starts.Length; i++)
        {
            text.Slice(starts[i], CharGpt.Context).CopyTo(characters.AsSpan(i * CharGpt.Context));
            text.Slice(starts[i] + 1, CharGpt.Context).CopyTo(next.AsSpan(i * CharGpt.Context));
        }
        return new Dataset(new LabelColumn("characters", characters, CharGpt.Context), new LabelColumn("next", next, CharGpt.Context));
    }
}
