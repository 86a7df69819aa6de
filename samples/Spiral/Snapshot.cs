namespace Spiral;

/// <summary>What the network does to the plane at one moment of training.</summary>
/// <param name="Epoch">Epochs trained.</param>
/// <param name="Accuracy">The share of points on the right side.</param>
/// <param name="Map">f32[Cells,Cells]: the probability of the second spiral, row by row from the top.</param>
/// <param name="Lines">Straight lines of the input plane as the hidden layer bends them.</param>
/// <param name="Places">f32[points,2]: where the hidden layer puts the points.</param>
/// <param name="Border">a, b and c of the line a·x + b·y + c = 0 that parts the hidden plane.</param>
internal sealed record Snapshot(int Epoch, double Accuracy, float[] Map, (double X, double Y)[][] Lines, (double X, double Y)[] Places,
    (double A, double B, double C) Border)
{
    /// <summary>Cells of the map on each axis.</summary>
    public const int Cells = 120;

    const int Grid = 21, StepsOfLine = 81;

    /// <summary>Asks the network about the points, a map of the plane and a grid of lines.</summary>
    public static Snapshot Of(SpiralNet net, Spirals spirals, int epoch)
    {
        float[] answers = Ask(net, spirals.Points);
        int right = Enumerable.Range(0, spirals.Count).Count(i => answers[3 * i] > 0 == spirals.Sides[i] > 0.5f);

        var cells = new float[2 * Cells * Cells];
        for (int i = 0; i < Cells * Cells; i++)
        {
            cells[2 * i] = (i % Cells + 0.5f) / Cells * 2 - 1;
            cells[2 * i + 1] = 1 - (i / Cells + 0.5f) / Cells * 2;
        }
        float[] scores = Ask(net, cells);
        float[] map = [.. Enumerable.Range(0, Cells * Cells).Select(i => 1 / (1 + MathF.Exp(-scores[3 * i])))];

        ReadOnlySpan<float> weight = net.Parameters["score.weight"].Values, bias = net.Parameters["score.bias"].Values;
        var lines = Enumerable.Range(0, 2 * Grid).Select(line => Bent(Ask(net, Line(line % Grid, isVertical: line < Grid)))).ToArray();
        return new Snapshot(epoch, right / (double)spirals.Count, map, lines, Bent(answers), (weight[0], weight[1], bias[0]));
    }

    static float[] Line(int index, bool isVertical)
    {
        var points = new float[2 * StepsOfLine];
        for (int i = 0; i < StepsOfLine; i++)
        {
            float along = 2f * i / (StepsOfLine - 1) - 1, across = 2f * index / (Grid - 1) - 1;
            (points[2 * i], points[2 * i + 1]) = isVertical ? (across, along) : (along, across);
        }
        return points;
    }

    // A row of the output is the score, then the place.
    static float[] Ask(SpiralNet net, float[] points)
    {
        int count = points.Length / 2;
        var output = new float[3 * count];
        using var batch = new Batch(net.Info, count) { Count = count };
        points.CopyTo(batch.Floats(0));
        net.Predict(batch, output);
        return output;
    }

    static (double X, double Y)[] Bent(float[] answers) =>
        [.. Enumerable.Range(0, answers.Length / 3).Select(i => ((double)answers[3 * i + 1], (double)answers[3 * i + 2]))];
}
