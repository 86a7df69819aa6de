namespace ModelGen.Generator.Frontend.Evaluation;

/// <summary>Which of a model's graphs is built.</summary>
internal enum EvaluationMode
{
    /// <summary>Forward and loss; dropout drops, batch norm uses the batch.</summary>
    Training,

    /// <summary>Forward and loss as at test time.</summary>
    Scoring,

    /// <summary>Forward as at test time.</summary>
    Inference,
}
