using Samples;

namespace KernelsSample;

/// <summary>Draws images in a grid: a row for each image, a column for each kernel.</summary>
internal static class ContactSheet
{
    const int Size = Filters.Size, Zoom = 4, Gap = 6, Cell = Size * Zoom + Gap;

    /// <summary>The bytes of a PNG file.</summary>
    /// <param name="columns">Each f32[rows,32,32]. Values from 0 to 1 go from black to white; a column that leaves this range is grey at 0.</param>
    /// <param name="rows">How many of the images are shown.</param>
    public static byte[] Draw(IReadOnlyList<float[]> columns, int rows)
    {
        int width = columns.Count * Cell + Gap, height = rows * Cell + Gap;
        var rgb = new byte[3 * width * height];
        rgb.AsSpan().Fill(255);
        for (int column = 0; column < columns.Count; column++)
        {
            var shown = columns[column].AsSpan(0, rows * Size * Size);
            float most = 0, least = 0;
            foreach (float value in shown)
                (most, least) = (Math.Max(most, value), Math.Min(least, value));
            // An edge kernel answers around 0, to both sides.
            bool isSigned = least < -0.5f * most;
            float scale = isSigned ? Math.Max(most, -least) : 1;
            for (int i = 0; i < shown.Length; i++)
            {
                float grey = isSigned ? 0.5f + 0.5f * shown[i] / scale : shown[i];
                int left = Gap + column * Cell + i % Size * Zoom, top = Gap + i / (Size * Size) * Cell + i / Size % Size * Zoom;
                for (int y = top; y < top + Zoom; y++)
                    rgb.AsSpan(3 * (y * width + left), 3 * Zoom).Fill((byte)Math.Round(255 * Math.Clamp(grey, 0, 1)));
            }
        }
        return Png.Write(rgb, width);
    }
}
