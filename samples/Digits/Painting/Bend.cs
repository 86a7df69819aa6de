using System.Numerics;

namespace Digits.Painting;

/// <summary>
/// A smooth random distortion of the paper: two slow waves push each point sideways, so that neighbouring strokes are
/// bent together.
/// </summary>
internal readonly struct Bend
{
    readonly Wave _first, _second;

    /// <summary>Chooses the waves; no point moves farther than 2·<paramref name="amplitude"/> pixels.</summary>
    public Bend(ref PaintRandom random, float amplitude) =>
        (_first, _second) = (new Wave(ref random, amplitude), new Wave(ref random, amplitude));

    /// <summary>Where the point <paramref name="p"/> ends up, in pixels.</summary>
    public Vector2 Apply(Vector2 p) => p + _first.At(p) + _second.At(p);

    readonly struct Wave
    {
        readonly Vector2 _push, _direction;
        readonly float _phase;

        public Wave(ref PaintRandom random, float amplitude)
        {
            float heading = random.Between(0, MathF.Tau), travel = random.Between(0, MathF.Tau);
            float wavelength = random.Between(12f, 30f);
            _push = new Vector2(MathF.Cos(heading), MathF.Sin(heading)) * (amplitude * random.NextFloat());
            _direction = new Vector2(MathF.Cos(travel), MathF.Sin(travel)) * (MathF.Tau / wavelength);
            _phase = random.Between(0, MathF.Tau);
        }

        public Vector2 At(Vector2 p) => _push * MathF.Sin(Vector2.Dot(p, _direction) + _phase);
    }
}
