using System.ComponentModel;
using ModelGen.Runtime;

namespace ModelGen;

/// <summary>Compares gradients with central differences; a generated <see cref="IGradientCheckModel.GradientCheck"/> calls it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class GradientChecker
{
    // Errors below this need no second look: they are float's, not a kink's or a wrong derivative's.
    private const double Suspicious = 1e-5;

    // The two sides of a smooth point agree to this part of the scale at one step or another.
    private const double SidesAgree = 1e-3;

    private const double SmallestScale = 1e-3;
    private const int Refinements = 3;
    private const double Refinement = 1.0 / 16;
    private const int ElementsBetweenReports = 256;

    private readonly GradientCheckOptions _options;
    private readonly LossProbe[] _probes;
    private readonly float[] _gradients, _weights;
    private readonly long _total;
    private long _done;

    private GradientChecker(IModel model, LossProbe[] probes, IReadOnlyList<Draft> drafts, GradientCheckOptions options)
    {
        (_probes, _options) = (probes, options);
        (_gradients, _weights) = (model.Parameters.Gradients.ToArray(), model.Parameters.ReadOnlyValues.ToArray());
        _total = drafts.Sum(d => (long)d.Elements.Length);
    }

    /// <inheritdoc cref="IGradientCheckModel.GradientCheck"/>
    /// <param name="model">The model.</param>
    /// <param name="loss">Its loss in double precision.</param>
    /// <param name="batch">Inputs and targets.</param>
    /// <param name="options">How many elements, which step; null for every element.</param>
    public static GradientCheckReport Run(IModel model, LossInDouble loss, Batch batch, GradientCheckOptions? options)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(loss);
        options ??= new();
        var statistics = model.Parameters.ReadOnlyBuffers.ToArray();
        var lossInFloat = model.Backward(batch, options.StepSeed);
        if (statistics.Length > 0)
            statistics.CopyTo(model.Parameters.Buffers);
        var drafts = new List<Draft>();
        for (var p = 0; p < model.Info.Parameters.Count; p++)
            drafts.Add(new(model.Info.Parameters[p], loss.FirstFormula[p], Choose(model.Info.Parameters[p], model.Parameters.Gradients, options)));
        var probes = new LossProbe[model.Threads];
        for (var i = 0; i < probes.Length; i++) probes[i] = new(loss, model.Parameters, batch, options.StepSeed);
        var checker = new GradientChecker(model, probes, drafts, options);
        var atRest = checker.Measure(drafts);
        return new(model.Info.Name, batch.Count, atRest, lossInFloat, checker.Judge(drafts, atRest));
    }

    private static int[] Choose(ParameterSpec parameter, ReadOnlySpan<float> gradients, GradientCheckOptions options)
    {
        var all = Enumerable.Range(0, parameter.Length).ToArray();
        if (parameter.Length <= options.ElementsPerParameter)
            return all;
        var largest = 0;
        for (var i = 1; i < all.Length; i++)
            if (Math.Abs(gradients[parameter.Offset + i]) > Math.Abs(gradients[parameter.Offset + largest])) largest = i;
        var rng = new Rng(options.Seed, parameter.Path);
        rng.Shuffle<int>(all);
        return [.. all.Where(i => i != largest).Take(options.ElementsPerParameter - 1).Append(largest).Order()];
    }

    private double Measure(List<Draft> drafts)
    {
        var atRest = AtRest();
        foreach (var draft in Backwards(drafts))
            Share(draft.Elements.Length, (probe, k) =>
            {
                draft.Slopes[k] = Slope(probe, draft, draft.Elements[k], StepOf(draft, draft.Elements[k]), out _, out _);
                var done = Interlocked.Increment(ref _done);
                if (done == _total || done % ElementsBetweenReports == 0) _options.Progress?.Report(new(draft.Parameter.Path, done, _total));
            });
        return atRest;
    }

    private List<ParameterGradientCheck> Judge(List<Draft> drafts, double atRest)
    {
        var floor = SmallestScale * drafts.Select(d => d.LargestSlope).DefaultIfEmpty().Max();
        AtRest();
        var found = new Dictionary<Draft, ParameterGradientCheck>();
        foreach (var draft in Backwards(drafts))
        {
            var scale = Math.Max(draft.LargestSlope, floor);
            var results = new (CheckedGradient Element, bool IsKink)[draft.Elements.Length];
            Share(results.Length, (probe, k) => results[k] = Look(probe, draft, k, scale, atRest));
            found[draft] = new()
            {
                Parameter = draft.Parameter,
                Checked = results.Length,
                LargestSlope = draft.LargestSlope,
                Scale = scale,
                Worst = results.Where(r => !r.IsKink).Select(r => r.Element).MaxBy(e => double.IsNaN(e.Error) ? double.PositiveInfinity : e.Error),
                Kinks = [.. results.Where(r => r.IsKink).Select(r => r.Element)],
            };
        }

        return [.. drafts.Select(d => found[d])];
    }

    // A difference that is far from the gradient is taken again with smaller steps: the one on whose two sides the slopes agree best counts.
    private (CheckedGradient Element, bool IsKink) Look(LossProbe probe, Draft draft, int k, double scale, double atRest)
    {
        var element = draft.Elements[k];
        double gradient = _gradients[draft.Parameter.Offset + element], slope = draft.Slopes[k], left = slope, right = slope;
        double Error(double s) => scale > 0 ? Math.Abs(gradient - s) / scale : gradient == s ? 0 : double.PositiveInfinity;
        var isKink = false;
        if (!(Error(slope) <= Suspicious))
        {
            var step = StepOf(draft, element);
            var apart = double.PositiveInfinity;
            for (var refinement = 0; refinement <= Refinements; refinement++, step *= Refinement)
            {
                var central = Slope(probe, draft, element, step, out var up, out var down);
                double weight = _weights[draft.Parameter.Offset + element], above = (up - atRest) / (weight + step - weight),
                    below = (atRest - down) / (weight - (weight - step));
                if (!(Math.Abs(above - below) < apart)) continue;
                apart = Math.Abs(above - below);
                (slope, left, right) = (central, below, above);
            }

            var slack = SidesAgree * scale;
            isKink = apart > slack && gradient >= Math.Min(left, right) - slack && gradient <= Math.Max(left, right) + slack;
        }

        return (new(draft.Parameter.Path, Position(draft.Parameter.Shape, element), gradient, slope, left, right, Error(slope)), isKink);
    }

    private double Slope(LossProbe probe, Draft draft, int element, double step, out double up, out double down)
    {
        var offset = draft.Parameter.Offset + element;
        double weight = _weights[offset], above = weight + step, below = weight - step;
        up = probe.With(offset, above, draft.From);
        down = probe.With(offset, below, draft.From);
        return (up - down) / (above - below);
    }

    private double StepOf(Draft draft, int element) => _options.Step * Math.Max(1, Math.Abs(_weights[draft.Parameter.Offset + element]));

    private double AtRest()
    {
        var losses = new double[_probes.Length];
        Parallel.For(0, losses.Length, i => losses[i] = _probes[i].AtRest());
        _options.Cancellation.ThrowIfCancellationRequested();
        return losses[0];
    }

    // Last readers first: what comes before a parameter's first reader is then still as it was at rest.
    private static IEnumerable<Draft> Backwards(List<Draft> drafts) => drafts.OrderByDescending(d => d.From);

    private void Share(int count, Action<LossProbe, int> check)
    {
        Parallel.For(0, _probes.Length, worker =>
        {
            for (var k = worker; k < count && !_options.Cancellation.IsCancellationRequested; k += _probes.Length) check(_probes[worker], k);
        });
        _options.Cancellation.ThrowIfCancellationRequested();
    }

    private static int[] Position(int[] shape, int element)
    {
        var position = new int[shape.Length];
        for (var axis = shape.Length - 1; axis >= 0; axis--) (element, position[axis]) = Math.DivRem(element, shape[axis]);
        return position;
    }

    private sealed class Draft(ParameterSpec parameter, int from, int[] elements)
    {
        public ParameterSpec Parameter { get; } = parameter;

        public int From { get; } = from;

        public int[] Elements { get; } = elements;

        public double[] Slopes { get; } = new double[elements.Length];

        public double LargestSlope => Slopes.Select(Math.Abs).DefaultIfEmpty().Max();
    }
}
