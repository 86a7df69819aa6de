using System.Numerics;
using System.Runtime.InteropServices;

namespace Digits.Painting;

/// <summary>
/// Draws one digit the way a hurried person might: a random way of writing it, wobbling, slanted, turned, stretched,
/// off centre and bent, with a pen of random width on paper with stains, noise and now and then a stray stroke.
/// </summary>
/// <remarks>
/// The spread is chosen so that no fixed template fits: a linear model stays clearly below a convolutional one (a test
/// holds it there). One painter serves one thread; it keeps its canvas between digits.
/// </remarks>
internal sealed class DigitPainter
{
    /// <summary>Height and width of a picture in pixels.</summary>
    public const int Size = 28;

    const float Centre = (Size - 1) / 2f;
    const float GlyphWidth = 12f, GlyphHeight = 18f;

    readonly Canvas _canvas = new(Size);
    readonly List<Vector2> _course = [];

    /// <summary>Draws <paramref name="digit"/> (0 to 9) into <paramref name="pixels"/>, u8[28,28]; 0 is background.</summary>
    public void Paint(int digit, ref PaintRandom random, Span<byte> pixels)
    {
        _canvas.Clear();
        PaintStains(ref random);
        if (random.Chance(0.25f))
            PaintStrayStroke(ref random);
        PaintGlyph(digit, ref random);
        _canvas.Develop(ref random, random.Between(0.01f, 0.08f), pixels);
    }

    void PaintGlyph(int digit, ref PaintRandom random)
    {
        IReadOnlyList<Stroke[]> variants = Glyphs.Of(digit);
        Stroke[] strokes = variants[random.Below(variants.Count)];
        Matrix3x2 placement = Placement(ref random);
        var bend = new Bend(ref random, amplitude: 0.9f);
        float radius = random.Between(0.8f, 1.6f), strength = random.Between(0.65f, 1f);
        foreach (Stroke stroke in strokes)
        {
            _course.Clear();
            stroke.Trace(ref random, wobble: 0.025f, _course);
            Span<Vector2> course = CollectionsMarshal.AsSpan(_course);
            foreach (ref Vector2 point in course)
                point = bend.Apply(Vector2.Transform(point, placement));
            _canvas.Draw(course, radius * random.Between(0.8f, 1.2f), radius * random.Between(0.7f, 1.1f), strength);
        }
    }

    /// <summary>Unit box to pixels: stretch, slant, turn, move.</summary>
    static Matrix3x2 Placement(ref PaintRandom random)
    {
        float overall = random.Between(0.75f, 1.1f);
        float width = GlyphWidth * overall * random.Between(0.75f, 1.2f);
        float height = GlyphHeight * overall * random.Between(0.88f, 1.1f);
        float slant = 0.18f * random.Bell(), turn = 0.14f * random.Bell();
        var move = new Vector2(Centre + 1.5f * random.Bell(), Centre + 1.3f * random.Bell());
        return Matrix3x2.CreateTranslation(-0.5f, -0.5f)
            * Matrix3x2.CreateScale(width, height)
            * new Matrix3x2(1, 0, -slant, 1, 0, 0)
            * Matrix3x2.CreateRotation(turn)
            * Matrix3x2.CreateTranslation(move);
    }

    void PaintStains(ref PaintRandom random)
    {
        for (int stains = random.Below(4); stains > 0; stains--)
            _canvas.Stain(AnyPlace(ref random), random.Between(1.5f, 6f), random.Between(0.05f, 0.25f));
    }

    /// <summary>A short line near the edge of the paper, as of a neighbouring word.</summary>
    void PaintStrayStroke(ref PaintRandom random)
    {
        float angle = random.Between(0, MathF.Tau);
        var outward = new Vector2(MathF.Cos(angle), MathF.Sin(angle));
        Vector2 middle = new Vector2(Centre) + outward * random.Between(11f, 15f);
        Vector2 half = new Vector2(-outward.Y, outward.X) * random.Between(1.5f, 4.5f)
            + outward * random.Between(-2f, 2f);
        float radius = random.Between(0.6f, 1.4f);
        _canvas.Draw([middle - half, middle + half], radius, radius, random.Between(0.3f, 0.9f));
    }

    static Vector2 AnyPlace(ref PaintRandom random) => new(random.Between(0, Size), random.Between(0, Size));
}
