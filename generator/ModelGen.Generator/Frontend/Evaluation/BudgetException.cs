using System;

namespace ModelGen.Generator.Frontend.Evaluation;

/// <summary>An evaluation makes too much; the evaluator adds the loop or the call.</summary>
internal sealed class BudgetException : Exception
{
    public BudgetException(string message) : base(message)
    {
    }
}
