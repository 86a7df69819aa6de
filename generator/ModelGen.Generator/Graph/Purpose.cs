using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Graphs;

/// <summary>What a value is for: what its name and the names of the kernels that compute it are made from. Whoever adds a node says it.</summary>
/// <param name="Role">The kind of purpose.</param>
/// <param name="Of">The name of the value that this one belongs to; empty while that has none, and for a value that stands for itself.</param>
/// <param name="Word">What it is to that value: <c>sum</c>, <c>padded</c>, <c>nchw</c>.</param>
internal sealed record Purpose(Role Role, string Of = "", string Word = "")
{
    /// <summary>A value that stands for itself: an input, a parameter, the result of a call.</summary>
    public static readonly Purpose Value = new(Role.Value);

    /// <summary>A product before its bias and activation.</summary>
    public static readonly Purpose Product = new(Role.Product, Word: "sum");

    /// <summary>The name of a value of this purpose; empty where it is for one without a name.</summary>
    public string Name => Of.Length == 0 ? ""
        : (Role is Role.Cotangent or Role.Gradient ? "d" + Identifiers.Pascal(Of) : Of) + (Word.Length > 0 ? "_" + Word : "");

    /// <summary>A step on the way to the result of a call.</summary>
    public static Purpose Part(string word) => new(Role.Part, Word: word);

    /// <summary>A number for each row of a value: a mean, a variance, a greatest element.</summary>
    public static Purpose Statistic(string word) => new(Role.Statistic, Word: word);

    /// <summary>A part of a loss.</summary>
    public static Purpose LossPart(string word) => new(Role.LossPart, Word: word);

    /// <summary>A value of a cell, at each step.</summary>
    public static Purpose State(string word) => new(Role.State, Word: word);

    /// <summary>∂loss/∂value.</summary>
    public static Purpose Cotangent(Node of, string word = "") =>
        new(of is LeafNode { Kind: LeafKind.Parameter } ? Role.Gradient : Role.Cotangent, of.Name, word);

    /// <summary>The directional derivative of a value.</summary>
    public static Purpose Tangent(Node of, string word = "") => new(Role.Tangent, of.Name, word.Length > 0 ? "tangent_" + word : "tangent");

    /// <summary>Which element of its window, row by row, was the greatest.</summary>
    public static Purpose Argmax(Node of) => new(Role.Argmax, of.Name, "argmax");

    /// <summary>The same elements in another order of axes.</summary>
    /// <param name="layout">The axes in their order.</param>
    public static Purpose LayoutCopy(Node of, Shape layout) => new(Role.LayoutCopy, of.Name, LayoutOf(layout));

    /// <summary>A value that is computed in another order of its axes than the one it is declared with.</summary>
    public static Purpose InLayout(Node of, Shape layout) => Piece(of, LayoutOf(layout));

    /// <summary>The copy of such a value that has the declared order, and so the value's name.</summary>
    public static Purpose Declared(Node value) => new(Role.LayoutCopy, value.Name);

    /// <summary>The same elements with a border.</summary>
    public static Purpose PaddedCopy(Node of) => new(Role.PaddedCopy, of.Name, "padded");

    /// <summary>The same elements once more.</summary>
    public static Purpose Copy(Node of, string word = "copy") => new(Role.Copy, of.Name, word);

    /// <summary>A value cut into tiles that are transformed, or what stands for it in the products of such tiles.</summary>
    public static Purpose Tiles(Node of, string word = "tiles") => new(Role.Tiles, of.Name, word);

    /// <summary>A stretch of a value, or the whole of it under other axes.</summary>
    public static Purpose Piece(Node of, string word) => of.Purpose is { Role: Role.Cotangent or Role.Gradient } whole && whole.Name == of.Name
        ? whole with { Word = whole.Word.Length > 0 ? whole.Word + "_" + word : word }
        : new(Role.Part, of.Name, word);

    /// <summary>What a node is to its call where nothing says it.</summary>
    public static string WordOf(Node node) => node switch
    {
        { Purpose.Word.Length: > 0 } => node.Purpose.Word,
        LeafNode => "constant",
        PreviousNode => "before",
        ReshapeNode => "view",
        ComputeNode { Combine: Combine.None } => "part",
        ComputeNode c => c.Combine.ToString().ToLowerInvariant(),
        _ => "joined",
    };

    /// <summary>An order of axes as libraries write it: a batch of images is nchw or nhwc, the weights of a convolution are oihw or ihwo.</summary>
    public static string LayoutOf(Shape shape)
    {
        var letters = shape.Axes.Select(a => a.Name switch
        {
            "z" or "kz" => "d",
            "y" or "ky" => "h",
            "x" or "kx" => "w",
            "o" when shape.IsPerSample => "c",
            "c" when !shape.IsPerSample => "i",
            { Length: 1 } name => name,
            _ => "",
        }).ToList();
        return letters.All(l => l.Length == 1) && letters.Distinct().Count() == letters.Count ? string.Concat(letters) : "reordered";
    }
}
