using ModelGen.Runtime;

namespace ModelGen;

/// <content>What happens to gradients between the backward pass and the optimizer.</content>
public sealed partial class Trainer<TModel>
{
    private long _updates;

    private void ThrowIfOnDevice()
    {
        if (Model is not ITrainingDevice)
            return;
        var setting = AccumulateSteps > 1 ? nameof(AccumulateSteps)
            : GradientClipValue is not null ? nameof(GradientClipValue)
            : NonFiniteStep != NonFiniteStep.StopOnLoss ? nameof(NonFiniteStep)
            : null;
        if (setting is not null)
            throw new NotSupportedException($"{setting} needs the gradients on the host; {Model.Info.Name} makes whole steps on a device.");
    }

    private void PrepareGradients()
    {
        if (AccumulateSteps > 1)
            _gradientSum ??= AlignedBuffer.OfFloats(Model.Info.ParameterFloats);
        else
            ClearSum();
    }

    private void ClearSum()
    {
        _gradientSum?.Span<float>(0, Model.Info.ParameterFloats).Clear();
        (_samplesInSum, _batchesInSum) = (0, 0);
    }

    /// <summary>Adds the gradients of a batch, and makes the optimizer's step where it is the last of those that share one.</summary>
    private void Update(StepPlace step, bool counts, int samples)
    {
        var parameters = Model.Parameters;
        if (NonFiniteStep != NonFiniteStep.StopOnLoss)
            counts = Allows(step, parameters, counts);
        if (AccumulateSteps == 1)
        {
            if (counts)
                MakeStep(parameters);
            return;
        }

        if (counts)
        {
            AddTo(_gradientSum!.Span<float>(0, parameters.Info.ParameterFloats), parameters.Gradients, samples);
            _samplesInSum += samples;
        }

        if (++_batchesInSum < AccumulateSteps && step.Number < _open!.StepsInAll)
            return;
        if (_samplesInSum > 0)
        {
            Divide(_gradientSum!.Span<float>(0, parameters.Info.ParameterFloats), _samplesInSum, parameters.Gradients);
            MakeStep(parameters);
        }

        ClearSum();
        _updates++;
    }

    private void MakeStep(ParameterSet parameters)
    {
        if (GradientClipValue is { } limit)
            parameters.ClipGradientValues(limit);
        if (GradientClipNorm is { } norm)
            parameters.ClipGradients(norm);
        Optimizer.Step(parameters);
    }

    private bool Allows(StepPlace step, ParameterSet parameters, bool counts)
    {
        if (_stepTotal.IsOfNothing)
            return false;
        var isFinite = counts;
        foreach (var (start, end) in parameters.TrainableRanges)
            isFinite = isFinite && AllFinite(parameters.Gradients[start..end]);
        if (isFinite)
            return true;
        if (NonFiniteStep == NonFiniteStep.Skip)
        {
            SkippedSteps++;
            return false;
        }

        foreach (var view in parameters)
        {
            if (view.IsBuffer || !view.Spec.Trainable)
                continue;
            var gradients = view.Gradients;
            for (var i = 0; i < gradients.Length; i++)
            {
                if (!float.IsFinite(gradients[i]))
                {
                    var place = FormattableString.Invariant($"∂loss/∂ element {i} of {view.Path}");
                    throw Diverged(step, new TrainingDivergedException(_epoch, step.Number, _stepTotal.Loss, step.LearningRate, place, gradients[i]));
                }
            }
        }

        return true;
    }

    // A batch counts by its samples.
    private static void AddTo(Span<float> sum, ReadOnlySpan<float> gradients, int samples)
    {
        for (var i = 0; i < sum.Length; i++)
            sum[i] += samples * gradients[i];
    }

    private static void Divide(ReadOnlySpan<float> sum, long samples, Span<float> mean)
    {
        for (var i = 0; i < sum.Length; i++)
            mean[i] = sum[i] / samples;
    }
}
