using System.Threading;
using ModelGen.Generator.Expressions;

namespace ModelGen.Generator.Frontend.Evaluation;

/// <summary>What one evaluation may make. It counts what costs time or memory, so that evaluating ends at once whatever is written.</summary>
/// <remarks>Each limit is far above any network, and by itself reached in a fraction of a second.</remarks>
internal sealed class Budget
{
    /// <summary>Statements and expressions evaluated.</summary>
    public const int Steps = 2_000_000;

    /// <summary>Values of the graph.</summary>
    /// <remarks>So many take about a second in both modes; a loop that has no end is told within two.</remarks>
    public const int Nodes = 65_000;

    /// <summary>Layers, modules and parameters, called or not.</summary>
    public const int Layers = 50_000;

    /// <summary>Elements of all arrays, lists, ranges and tuples that are made.</summary>
    public const int Elements = 1_000_000;

    /// <summary>Characters of all texts that are made.</summary>
    public const int Characters = 4_000_000;

    /// <summary>Calls of the person's functions and modules inside one another.</summary>
    public const int Depth = 100;

    private readonly CancellationToken _cancellation;
    private int _steps;
    private int _nodes;
    private int _layers;
    private long _elements;
    private long _characters;

    public Budget(CancellationToken cancellation) => _cancellation = cancellation;

    /// <exception cref="BudgetException">There were too many.</exception>
    public void Step()
    {
        if (++_steps > Steps) throw new BudgetException($"takes more than {Lengths.Text(Steps)} steps");
        if ((_steps & 255) == 0) _cancellation.ThrowIfCancellationRequested();
    }

    /// <exception cref="BudgetException">There were too many.</exception>
    public void Node()
    {
        if (++_nodes > Nodes) throw new BudgetException($"makes more than {Lengths.Text(Nodes)} values");
        if ((_nodes & 63) == 0) _cancellation.ThrowIfCancellationRequested();
    }

    /// <exception cref="BudgetException">There were too many.</exception>
    public void Layer()
    {
        if (++_layers > Layers) throw new BudgetException($"makes more than {Lengths.Text(Layers)} layers");
    }

    /// <summary>Called before the elements are made.</summary>
    /// <exception cref="BudgetException">There are too many.</exception>
    public void Make(long elements)
    {
        if ((_elements += elements) > Elements) throw new BudgetException($"makes more than {Lengths.Text(Elements)} elements of arrays");
    }

    /// <summary>Called before the text is made.</summary>
    /// <exception cref="BudgetException">It is too long.</exception>
    public void Write(long characters)
    {
        if ((_characters += characters) > Characters) throw new BudgetException($"makes texts of more than {Lengths.Text(Characters)} characters");
    }
}
