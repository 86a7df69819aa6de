using ModelGen.Benchmarks.Models;

namespace ModelGen.Benchmarks.Suites;

/// <summary>One of the reference models A to G with the size of its training batch.</summary>
/// <param name="Letter">Its letter among the peers.</param>
/// <param name="BatchSize">Samples of a training step.</param>
/// <param name="Make">Makes the network.</param>
internal sealed record TrainingCase(char Letter, int BatchSize, Func<IModel> Make)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<TrainingCase> All { get; } =
    [
        new('A', 4, () => new XorMlp()),
        new('B', 128, () => new Mlp()),
        new('C', 64, () => new LeNet()),
        new('D', 128, () => new TfCnn()),
        new('E', 32, () => new ResNet18()),
        new('F', 16, () => new CharGpt()),
        new('G', 32, () => new CharLstm()),
    ];

    /// <summary>Whether the peers measure inference of one sample of it.</summary>
    public bool IsInferred => Letter is 'B' or 'C' or 'E' or 'F';

    /// <summary>A batch of the numbers that the peers train on: XOR for A, uniform noise with random labels for the others.</summary>
    public Batch Fill(ModelInfo info, int count)
    {
        if (Letter != 'A')
            return SyntheticBatch.Make(info, count);
        var batch = new Batch(info, count);
        for (int i = 0; i < count; i++)
        {
            int left = i >> 1 & 1, right = i & 1;
            batch.SetRow(0, i, [left, (float)right]);
            batch.SetRow(1, i, [(float)(left ^ right)]);
        }
        return batch;
    }
}
