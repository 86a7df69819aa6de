using System;
using System.Text;

namespace ModelGen.Generator.Support;

/// <summary>Indented text with '\n' line ends.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder _text = new();
    private int _depth;
    private int _method = -1;

    /// <summary>Whether the bodies of methods stand in <c>unchecked</c>, for a project that asks for checks: kernels count and hash modulo 2³².</summary>
    public bool Unchecked { get; set; }

    /// <summary>One line, whatever the text holds: what ends a line of C# inside it is written as an escape.</summary>
    public CodeWriter Line(string text = "")
    {
        Cancellation.Check();
        if (text.Length > 0) _text.Append(' ', 4 * _depth).Append(LineEnds.Escape(text));
        _text.Append('\n');
        return this;
    }

    /// <summary>Appends text of several lines, each at the present indentation.</summary>
    public CodeWriter Lines(string text)
    {
        foreach (var line in text.Split('\n')) Line(line.TrimEnd('\r'));
        return this;
    }

    public CodeWriter Open(string? header = null)
    {
        if (header is not null) Line(header);
        Line("{");
        _depth++;
        if (!Unchecked || _method >= 0 || header is null || !header.EndsWith(")", StringComparison.Ordinal)) return this;
        _method = _depth;
        Line("unchecked");
        Line("{");
        _depth++;
        return this;
    }

    public CodeWriter Close(string suffix = "")
    {
        _depth--;
        if (_depth != _method) return Line("}" + suffix);
        Line("}");
        _depth--;
        _method = -1;
        return Line("}" + suffix);
    }

    /// <summary>A block in braces; the body writes its lines inside.</summary>
    public CodeWriter Block(string? header, Action body)
    {
        Open(header);
        body();
        return Close();
    }

    /// <summary>Tells the user's compiler not to look for null references from here to the end of the file: kernels hold numbers and addresses,
    /// and looking takes a fifth of the time in which they compile.</summary>
    public CodeWriter WithoutNulls()
    {
        _text.Append("#nullable disable   // numbers and addresses from here on\n");
        return this;
    }

    public void Indent() => _depth++;

    public void Unindent() => _depth--;

    public override string ToString() => _text.ToString();
}
