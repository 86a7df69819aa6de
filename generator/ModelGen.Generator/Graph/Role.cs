namespace ModelGen.Generator.Graphs;

/// <summary>The kinds of purpose that a value has (see <see cref="Purpose"/>).</summary>
internal enum Role
{
    /// <summary>It stands for itself.</summary>
    Value,

    /// <summary>A product before its bias and activation.</summary>
    Product,

    /// <summary>A step on the way to the result of a call.</summary>
    Part,

    /// <summary>A number for each row of a value.</summary>
    Statistic,

    /// <summary>A part of a loss.</summary>
    LossPart,

    /// <summary>A value of a cell, at each step.</summary>
    State,

    /// <summary>The derivative of the loss by a value.</summary>
    Cotangent,

    /// <summary>The derivative of the loss by a parameter.</summary>
    Gradient,

    /// <summary>The derivative of a value along a direction.</summary>
    Tangent,

    /// <summary>Where the greatest element of each window is.</summary>
    Argmax,

    /// <summary>The same elements in another order of axes.</summary>
    LayoutCopy,

    /// <summary>The same elements with a border.</summary>
    PaddedCopy,

    /// <summary>The same elements once more.</summary>
    Copy,

    /// <summary>Transformed tiles, and their products.</summary>
    Tiles,
}
