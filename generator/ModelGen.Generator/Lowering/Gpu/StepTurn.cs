namespace ModelGen.Generator.Lowering.Gpu;

/// <summary>What the points of a group in one turn have in common, and so how a thread finds its sample and its place in it.</summary>
internal enum StepTurnForm
{
    /// <summary>The group has one sample.</summary>
    Alone,

    /// <summary>They are of one sample, whose number is known.</summary>
    OneSample,

    /// <summary>They are whole samples: a thread has the same place in each turn.</summary>
    WholeSamples,

    /// <summary>Both follow from the point.</summary>
    Across,
}

/// <summary>A turn in which each thread, or several together, takes one point of a statement inside the loop over steps.</summary>
/// <param name="First">The first point.</param>
/// <param name="HasEnd">Whether some threads are past the last point.</param>
/// <param name="Form">How a thread finds its sample.</param>
internal readonly record struct StepTurn(int First, bool HasEnd, StepTurnForm Form)
{
    /// <param name="points">Points of a sample.</param>
    /// <param name="samples">Samples of the group.</param>
    /// <param name="turn">The number among the turns that are written out.</param>
    /// <param name="isLoop">Whether those are repeated.</param>
    public static StepTurn Of(int points, int samples, LoopMapping mapping, int turn, bool isLoop)
    {
        int first = turn * mapping.Points, count = samples * points;
        var hasEnd = isLoop ? count % mapping.Points > 0 : first + mapping.Points > count;
        return new(first, hasEnd, samples == 1 ? StepTurnForm.Alone : isLoop || hasEnd ? StepTurnForm.Across
            : points % mapping.Points == 0 ? StepTurnForm.OneSample
            : !mapping.IsShared && mapping.Points % points == 0 ? StepTurnForm.WholeSamples
            : StepTurnForm.Across);
    }
}
