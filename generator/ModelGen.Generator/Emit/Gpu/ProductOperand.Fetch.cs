using System.Linq;
using ModelGen.Generator.Emit.Common;
using ModelGen.Generator.Lowering.Gpu;
using ModelGen.Generator.Programs;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Emit.Gpu;

/// <content>The copies of the FP32 form: from memory to values of the thread, and from there to shared memory as lines of rows along k.</content>
internal sealed partial class ProductOperand
{
    private string _copies = "", _write = "";

    /// <summary>Before the loop: the view that is read.</summary>
    /// <param name="other">The other factor, where that has one already.</param>
    public void DeclareView(CodeWriter writer, ProductOperand? other = null)
    {
        _copies = _scope.Arguments[Access.Argument];
        if (_copy.Width == 1) return;
        _copies = Named(_copies + "By4");
        // Both factors may be the same tensor.
        if (other?._copies != _copies) writer.Line($"var {_copies} = {_scope.Arguments[Access.Argument]}.Cast<Float4>();");
    }

    /// <summary>Before the loop: where in a stage the thread stores.</summary>
    public void PrepareStores(CodeWriter writer)
    {
        _write = Fresh("To");
        var line = _copy.RowsFast && _copy.IsInFours ? _copy.Line / 4 : _copy.Line * _copy.KWidth;
        writer.Line($"var {_write} = {Along} * {Literals.Int(line)} + {InTile};");
    }

    /// <summary>Reads the thread's elements of the step into values.</summary>
    /// <param name="prefix">Begins their names.</param>
    /// <param name="isNext">What must hold for there to be such a step; empty where there is one.</param>
    public void Fetch(CodeWriter writer, string prefix, string isNext)
    {
        var step = StepOf(writer, isNext);
        var value = prefix + _name.ToUpperInvariant();
        var cast = _scope.IsInteger(Access.Argument) ? "(float)" : "";
        if (_copy.RowsAreEven && step.Condition.Length == 0 && _copy.RowsPerThread > 1)
        {
            var from = prefix + "From" + _name.ToUpperInvariant();
            writer.Line($"var {from} = {_copies}.SubView({Sum(_rows[0].Start, step.InK)}, {Literals.Int((_copy.RowsPerThread - 1) * _copy.RowDistance + 1)});");
            for (var q = 0; q < _copy.RowsPerThread; q++) writer.Line($"var {value}{Literals.Int(q)} = {cast}{from}[{Literals.Int(q * _copy.RowDistance)}];");
            return;
        }
        var number = 0;
        foreach (var copy in Located(writer, step))
        {
            var name = value + Literals.Int(number++);
            var element = $"{cast}{_copies}[{Sum(Sum(copy.Start, copy.Offset), Literals.Int(copy.Distance))}]";
            if (copy.Condition.Length == 0)
            {
                writer.Line($"var {name} = {element};");
                continue;
            }
            // One predicated load: what lies outside is not touched.
            var outside = GpuExpression.Number(_copy.Load.Fill);
            if (_copy.Load.Fill != 0 && step.Condition.Length > 0) outside = $"Utilities.Select({step.Condition}, {outside}, 0f)";
            writer.Line(_copy.IsInFours ? $"var {name} = default(Float4);" : $"var {name} = {outside};");
            writer.Line($"if {copy.Condition} {name} = {element};");
        }
    }

    /// <summary>Stores the values of a fetch to a stage in shared memory.</summary>
    /// <param name="stage">C# of the stage's number, 0 or 1.</param>
    public void Store(CodeWriter writer, string prefix, string stage)
    {
        var isFour = _copy.RowsFast && _copy.IsInFours;
        var unit = isFour ? 4 : 1;
        var start = stage == "0" ? _write : $"{_write} + {stage} * {Literals.Int(_copy.StageFloats / unit)}";
        var to = prefix + "To" + _name.ToUpperInvariant();
        var length = ((_copy.RowsPerThread - 1) * _copy.RowStep) + (_copy.KWidth - 1) * _copy.Line + 1;
        writer.Line($"var {to} = tile{_name.ToUpperInvariant()}{(isFour ? "4" : "")}.SubView({start}, {Literals.Int(length)});");
        for (var q = 0; q < _copy.RowsPerThread; q++)
        {
            var value = prefix + _name.ToUpperInvariant() + Literals.Int(q);
            for (var e = 0; e < _copy.KWidth; e++)
                writer.Line($"{to}[{Literals.Int(q * _copy.RowStep + e * _copy.Line)}] = {value}{(_copy.KWidth == 1 ? "" : "." + "XYZW"[e])};");
        }
    }

    private string Named(string name)
    {
        while (_scope.Arguments.Contains(name)) name += "_";
        return name;
    }
}
