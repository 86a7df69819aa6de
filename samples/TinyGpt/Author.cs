namespace TinyGpt;

/// <summary>Writes text with a network, character by character.</summary>
internal static class Author
{
    /// <summary>Continues a text.</summary>
    /// <param name="net">The network.</param>
    /// <param name="start">What it goes on from; at least one token.</param>
    /// <param name="length">Characters to write.</param>
    /// <param name="temperature">Below 1 it prefers likely characters more than it believes in them.</param>
    /// <param name="seed">Decides between the likely ones.</param>
    /// <returns>The start and what follows.</returns>
    public static string Write(CharGpt net, IReadOnlyList<int> start, int length, float temperature, uint seed)
    {
        var rng = new Rng(seed, "author");
        var text = new List<int>(start);
        var window = new int[CharGpt.Context];
        var logits = new float[CharGpt.Context * Vocabulary.Size];
        for (int i = 0; i < length; i++)
        {
            // What stands after the last character does not matter: no place sees those after it.
            int seen = Math.Min(text.Count, CharGpt.Context);
            for (int j = 0; j < CharGpt.Context; j++)
                window[j] = j < seen ? text[text.Count - seen + j] : 0;
            net.Predict(window, logits);
            text.Add(Draw(logits.AsSpan((seen - 1) * Vocabulary.Size, Vocabulary.Size), temperature, ref rng));
        }
        return string.Concat(text.Select(Vocabulary.Write));
    }

    static int Draw(ReadOnlySpan<float> logits, float temperature, ref Rng rng)
    {
        float most = float.NegativeInfinity;
        foreach (float logit in logits)
            most = Math.Max(most, logit);
        double sum = 0;
        foreach (float logit in logits)
            sum += Math.Exp((logit - most) / temperature);
        double left = rng.NextDouble() * sum;
        for (int i = 0; i < logits.Length; i++)
        {
            left -= Math.Exp((logits[i] - most) / temperature);
            if (left < 0)
                return i;
        }
        return logits.Length - 1;
    }
}
