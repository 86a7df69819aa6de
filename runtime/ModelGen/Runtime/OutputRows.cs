using System.ComponentModel;

namespace ModelGen.Runtime;

/// <summary>Brings the outputs of a batch into the order of the public interface.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class OutputRows
{
    /// <summary>
    /// Fills rows from outputs. Kernels write each output for the whole batch, one output after the other; readers get row after row, the outputs of a row in
    /// sequence.
    /// </summary>
    /// <param name="info">The model.</param>
    /// <param name="planes">Output 0 f32[n, length 0], output 1 f32[n, length 1], …</param>
    /// <param name="n">Rows.</param>
    /// <param name="rows">f32[n, Info.OutputLength], filled.</param>
    public static void Fill(ModelInfo info, ReadOnlySpan<float> planes, int n, Span<float> rows)
    {
        ArgumentNullException.ThrowIfNull(info);
        if (info.Outputs.Count == 1)
        {
            planes[..(n * info.OutputLength)].CopyTo(rows);
            return;
        }

        var column = 0;
        // By index: the enumerator of an interface is an allocation.
        for (var i = 0; i < info.Outputs.Count; i++)
        {
            var length = info.Outputs[i].Length;
            for (var row = 0; row < n; row++)
                planes.Slice(n * column + row * length, length).CopyTo(rows[(row * info.OutputLength + column)..]);
            column += length;
        }
    }
}
