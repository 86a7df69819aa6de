using System.Numerics;
using Digits.Painting;

namespace ModelGen.Samples.Tests.Digits;

/// <summary>The plainest classifier, softmax(W x + b) by stochastic gradient descent: the yardstick for the drawn digits.</summary>
internal sealed class SoftmaxRegression
{
    const int Classes = 10, Length = DigitPainter.Size * DigitPainter.Size, Row = Length + 1;

    readonly float[] _weights = new float[Classes * Row];
    readonly float[] _input = new float[Row];
    readonly float[] _scores = new float[Classes];

    public static SoftmaxRegression Fit(DrawnDigits digits, int epochs)
    {
        var model = new SoftmaxRegression();
        int count = digits.Labels.Length;
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            float rate = 0.02f / (1 + 0.5f * epoch);
            // A stride prime to the count visits every picture once, in an order that is not that of the labels.
            for (int i = 0, at = epoch; i < count; i++, at = (at + 1237) % count)
                model.Learn(digits, at, rate);
        }
        return model;
    }

    public double Accuracy(DrawnDigits digits)
    {
        int right = 0;
        for (int i = 0; i < digits.Labels.Length; i++)
        {
            Score(digits, i);
            if (_scores.AsSpan().IndexOf(_scores.Max()) == digits.Labels[i])
                right++;
        }
        return right / (double)digits.Labels.Length;
    }

    void Learn(DrawnDigits digits, int sample, float rate)
    {
        Score(digits, sample);
        float largest = _scores.Max(), sum = 0;
        for (int c = 0; c < Classes; c++)
            sum += _scores[c] = MathF.Exp(_scores[c] - largest);
        for (int c = 0; c < Classes; c++)
        {
            float step = rate * (_scores[c] / sum - (c == digits.Labels[sample] ? 1 : 0));
            Span<float> weights = _weights.AsSpan(c * Row, Row);
            for (int i = 0; i < Row; i++)
                weights[i] -= step * _input[i];
        }
    }

    void Score(DrawnDigits digits, int sample)
    {
        ReadOnlySpan<byte> picture = digits.Pictures.AsSpan(sample * Length, Length);
        for (int i = 0; i < Length; i++)
            _input[i] = picture[i] / 255f;
        _input[Length] = 1;
        for (int c = 0; c < Classes; c++)
            _scores[c] = Dot(_weights.AsSpan(c * Row, Row), _input);
    }

    static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        Vector<float> sums = Vector<float>.Zero;
        int i = 0;
        for (; i + Vector<float>.Count <= a.Length; i += Vector<float>.Count)
            sums += new Vector<float>(a[i..]) * new Vector<float>(b[i..]);
        float sum = Vector.Sum(sums);
        for (; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
