using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Expressions;
using ModelGen.Generator.Support;

namespace ModelGen.Generator.Graphs;

/// <summary>The sizes of a tensor, batch axis first where it has one. Row-major: the last axis is contiguous.</summary>
internal readonly record struct Shape(EquatableArray<Axis> Axes)
{
    public static Shape Of(params Axis[] axes) => new(axes.ToEquatableArray());

    public static Shape Of(IEnumerable<Axis> axes) => new(axes.ToEquatableArray());

    public static Shape Scalar => new(EquatableArray<Axis>.Empty);

    public int Rank => Axes.Count;

    public Axis this[int axis] => Axes[axis];

    /// <summary>The number of elements, for one sample where the shape has the batch axis.</summary>
    public long Elements => Lengths.Elements(Axes);

    /// <summary>Fails where there are more elements than a tensor can have.</summary>
    /// <exception cref="SizeException">There are.</exception>
    public void Check()
    {
        if (Elements > Lengths.Most)
            throw new SizeException(
                $"needs a tensor {this}, which has {Lengths.Text(Elements)} elements{(IsPerSample ? " a sample" : "")}; a tensor has at most "
                    + $"{Lengths.Text(Lengths.Most)}");
    }

    /// <summary>The number of elements, as one axis (a multiple of N where the shape has the batch axis).</summary>
    /// <exception cref="SizeException">A tensor cannot have as many.</exception>
    public Axis Length
    {
        get
        {
            Check();
            return new Axis((int)Elements, IsPerSample);
        }
    }

    public bool IsPerSample => Axes.Any(a => a.PerSample);

    /// <summary>Elements from one index of an axis to the next. Only the first axis may be the batch, so strides are constants.</summary>
    public int Stride(int axis)
    {
        var stride = 1;
        for (var i = axis + 1; i < Rank; i++) stride *= Axes[i].Factor;
        return stride;
    }

    /// <summary>The strides of all axes.</summary>
    public EquatableArray<int> Strides
    {
        get
        {
            var strides = new int[Rank];
            for (int axis = Rank - 1, stride = 1; axis >= 0; axis--)
            {
                strides[axis] = stride;
                if (axis > 0) stride *= Axes[axis].Factor;
            }
            return new(strides);
        }
    }

    public override string ToString() => "[" + string.Join(",", Axes) + "]";
}
