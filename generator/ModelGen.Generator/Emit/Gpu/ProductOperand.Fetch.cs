using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Gpu;

/// <content>The copies of the FP32 form: from memory to values of the thread, and from there to shared memory as lines of rows along k.</content>
internal sealed partial class ProductOperand
{
    private string _copies = "", _write = "";

    /// <summary>Floats from one step of k to the next in shared memory: whole rows of a tile, and so many more that the stores of a warp fall into different
    /// banks.</summary>
    public int Line => Tile + (!RowsFast ? 4 : _width == 4 || Lanes == 32 ? 0 : 16);

    /// <summary>Floats of one of the two stages in shared memory.</summary>
    public int StageFloats => Depth * Line;

    /// <summary>Before the loop: the view that is read.</summary>
    /// <param name="other">The other factor, where that has one already.</param>
    public void DeclareView(CodeWriter writer, ProductOperand? other = null)
    {
        _copies = _scope.Arguments[_access.Argument];
        if (_width == 1) return;
        _copies = Named(_copies + "By4");
        // Both factors may be the same tensor.
        if (other?._copies != _copies) writer.Line($"var {_copies} = {_scope.Arguments[_access.Argument]}.Cast<Float4>();");
    }

    /// <summary>Before the loop: where in a stage the thread stores.</summary>
    public void PrepareStores(CodeWriter writer)
    {
        _write = Fresh("To");
        var place = RowsFast && _width == 4 ? $"{Along} * {Extent.Number(Line / 4)} + {InTile}" : $"{Along} * {Extent.Number(Line * KWidth)} + {InTile}";
        writer.Line($"var {_write} = {place};");
    }

    /// <summary>Reads the thread's elements of the step into values.</summary>
    /// <param name="prefix">Begins their names.</param>
    /// <param name="isNext">What must hold for there to be such a step; empty where there is one.</param>
    public void Fetch(CodeWriter writer, string prefix, string isNext)
    {
        var step = StepOf(writer, isNext);
        var value = prefix + _name.ToUpperInvariant();
        var cast = _scope.IsInteger(_access.Argument) ? "(float)" : "";
        if (RowsAreEven && step.Condition.Length == 0 && RowsPerThread > 1)
        {
            var from = prefix + "From" + _name.ToUpperInvariant();
            writer.Line($"var {from} = {_copies}.SubView({Sum(_rows[0].Start, step.InK)}, {Extent.Number((RowsPerThread - 1) * RowDistance + 1)});");
            for (var q = 0; q < RowsPerThread; q++) writer.Line($"var {value}{Extent.Number(q)} = {cast}{from}[{Extent.Number(q * RowDistance)}];");
            return;
        }
        var number = 0;
        foreach (var copy in Located(writer, step))
        {
            var name = value + Extent.Number(number++);
            var element = $"{cast}{_copies}[{Sum(Sum(copy.Start, copy.Offset), Extent.Number(copy.Distance))}]";
            if (copy.Condition.Length == 0)
            {
                writer.Line($"var {name} = {element};");
                continue;
            }
            // One predicated load: what lies outside is not touched.
            var outside = GpuExpression.Number(_load.Fill);
            if (_load.Fill != 0 && step.Condition.Length > 0) outside = $"Utilities.Select({step.Condition}, {outside}, 0f)";
            writer.Line(_width == 4 ? $"var {name} = default(Float4);" : $"var {name} = {outside};");
            writer.Line($"if {copy.Condition} {name} = {element};");
        }
    }

    /// <summary>Stores the values of a fetch to a stage in shared memory.</summary>
    /// <param name="stage">C# of the stage's number, 0 or 1.</param>
    public void Store(CodeWriter writer, string prefix, string stage)
    {
        var isFour = RowsFast && _width == 4;
        var unit = isFour ? 4 : 1;
        var start = stage == "0" ? _write : $"{_write} + {stage} * {Extent.Number(StageFloats / unit)}";
        var to = prefix + "To" + _name.ToUpperInvariant();
        var length = ((RowsPerThread - 1) * RowStep) + (KWidth - 1) * Line + 1;
        writer.Line($"var {to} = tile{_name.ToUpperInvariant()}{(isFour ? "4" : "")}.SubView({start}, {Extent.Number(length)});");
        for (var q = 0; q < RowsPerThread; q++)
        {
            var value = prefix + _name.ToUpperInvariant() + Extent.Number(q);
            for (var e = 0; e < KWidth; e++)
                writer.Line($"{to}[{Extent.Number(q * RowStep + e * Line)}] = {value}{(KWidth == 1 ? "" : "." + "XYZW"[e])};");
        }
    }

    private string Named(string name)
    {
        while (_scope.Arguments.Contains(name)) name += "_";
        return name;
    }
}
