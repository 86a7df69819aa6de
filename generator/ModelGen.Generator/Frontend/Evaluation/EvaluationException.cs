using System;
using ModelGen.Generator.Frontend.Diagnostics;

namespace ModelGen.Generator.Frontend.Evaluation;

/// <summary>Ends an evaluation with what is to be told.</summary>
internal sealed class EvaluationException : Exception
{
    public EvaluationException(Finding finding) : base(finding.Message) => Finding = finding;

    public Finding Finding { get; }
}
