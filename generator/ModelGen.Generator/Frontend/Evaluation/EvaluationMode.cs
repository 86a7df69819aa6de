namespace ModelGen.Generator.Frontend.Evaluation;

/// <summary>Which of a model's graphs is built.</summary>
internal enum EvaluationMode
{
    /// <summary>Dropout drops, batch norm uses the batch's statistics.</summary>
    Training,

    /// <summary>As at test time.</summary>
    Evaluation,
}
