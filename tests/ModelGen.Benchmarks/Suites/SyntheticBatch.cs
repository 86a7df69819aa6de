namespace ModelGen.Benchmarks.Suites;

/// <summary>Batches of noise, the same in each run.</summary>
internal static class SyntheticBatch
{
    /// <summary>Numbers uniform in [0, 1), or normal where asked, and uniform labels.</summary>
    public static Batch Make(ModelInfo info, int count, bool normal = false)
    {
        var random = new Random(1);
        var batch = new Batch(info, count) { Count = count };
        for (int input = 0; input < info.Inputs.Count; input++)
        {
            if (info.Inputs[input].IsLabels)
            {
                foreach (ref int label in batch.Ints(input))
                    label = random.Next(info.Inputs[input].Classes);
            }
            else
            {
                foreach (ref float value in batch.Floats(input))
                    value = normal ? Normal(random) : random.NextSingle();
            }
        }
        return batch;
    }

    // Box and Muller 1958; 1 − u keeps the logarithm finite.
    static float Normal(Random random) =>
        (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
}
