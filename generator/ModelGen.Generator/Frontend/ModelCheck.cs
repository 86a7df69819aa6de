using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Frontend.Diagnostics;
using ModelGen.Generator.Frontend.Evaluation;
using ModelGen.Generator.Frontend.Ir;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Frontend;

/// <summary>All that is found out about a model before it is differentiated: the same for the generator and for the analyzer.</summary>
internal static class ModelCheck
{
    /// <summary>The graphs of a model, or what is wrong with it. Without both, the compiler's own errors come first.</summary>
    public static EvaluationResult Run(ModuleIr model, Func<string, ModuleIr?> find, CancellationToken cancellation)
    {
        if (model.IsBroken) return new(null, null, Array.Empty<Finding>());
        using var use = Cancellation.By(cancellation);
        var findings = Declaration(model);
        if (findings.Count > 0) return new(null, null, findings);
        try
        {
            return Evaluator.Run(model, find, cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return new(null, null, new[] { Internal(model, e) });
        }
    }

    /// <summary>What is wrong with a model or module by itself.</summary>
    public static IReadOnlyList<Finding> Declaration(ModuleIr module)
    {
        if (module.IsBroken) return Array.Empty<Finding>();
        var findings = module.Findings.ToList();
        foreach (var node in IrWalk.Unsupported(module))
            findings.Add(new("MG1003", new(module.Id, node.Ordinal), Evaluator.Unsupported(node.Text)));
        return findings;
    }

    /// <summary>What ended the compilation of a model that has no errors of its own.</summary>
    public static Finding Failure(ModuleIr model, Exception exception) => exception switch
    {
        SizeException e => new("MG2014", new(model.Id, model.Ordinal), $"Compiling '{model.Name}' {e.Message}"),
        OverflowException => new("MG2014", new(model.Id, model.Ordinal),
            $"Compiling '{model.Name}' computes a size beyond the limit of {Lengths.Text(Lengths.Most)}"),
        _ => Internal(model, exception),
    };

    /// <summary>A defect of the compiler of models itself; the person's build goes on.</summary>
    public static Finding Internal(ModuleIr model, Exception exception) =>
        new("MG9001", new(model.Id, model.Ordinal),
            $"The compiler of models failed on '{model.Name}': {exception.GetType().Name}: {exception.Message.Replace('\r', ' ').Replace('\n', ' ')}");
}
