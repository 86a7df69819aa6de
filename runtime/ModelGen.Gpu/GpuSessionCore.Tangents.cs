using System.Globalization;
using ModelGen.Runtime;

namespace ModelGen.Gpu;

/// <content>Derivatives along a direction.</content>
public abstract partial class GpuSessionCore
{
    private GpuDirection? _direction;

    /// <inheritdoc/>
    public float Jvp(Batch batch, Batch? inputTangents, ReadOnlySpan<float> parameterTangents, Span<float> output, Span<float> outputTangents,
        uint stepSeed = 0)
    {
        Check(batch);
        if (inputTangents is not null)
        {
            Check(inputTangents);
            if (inputTangents.Count != batch.Count)
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                    $"The direction has {inputTangents.Count} samples, the batch {batch.Count}."), nameof(inputTangents));
        }

        if (!parameterTangents.IsEmpty && parameterTangents.Length != Info.ParameterFloats)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"A direction of the parameters of {Info.Name} is {Info.ParameterFloats} floats; the span has {parameterTangents.Length}."),
                nameof(parameterTangents));
        }

        if ((2L * batch.Count * Info.OutputLength) + 1 > Array.MaxLength)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Outputs of {batch.Count} samples and their derivatives have more than {Array.MaxLength} elements: take fewer."),
                nameof(batch));
        }

        var length = batch.Count * Info.OutputLength;
        CheckLength(output, nameof(output));
        CheckLength(outputTangents, nameof(outputTangents));
        lock (_gate)
        {
            var results = (2 * length) + (Info.HasLoss ? 1 : 0);
            try
            {
                var turn = Begin(batch, stepSeed, forPrediction: false);
                if (_output.EnsureAtLeast(results))
                    _step.Output = _output.View;
                _direction ??= new GpuDirection(_link, Info);
                _direction.Send(_step, batch, inputTangents, parameterTangents);
                AwaitCopies(turn);
                _program.Tangent(_step);
                _stagedOutput.EnsureAtLeast(results);
                _stagedOutput.CopyFrom(_link.Stream, _output.View, results);
                Finish();
            }
            catch (Exception e) when (IsOfDriver(e))
            {
                throw Lost(e);
            }

            var values = _stagedOutput.Span;
            if (!output.IsEmpty)
                OutputRows.Fill(Info, values[..length], batch.Count, output);
            if (!outputTangents.IsEmpty)
                OutputRows.Fill(Info, values.Slice(length, length), batch.Count, outputTangents);
            return Info.HasLoss ? values[2 * length] : float.NaN;
        }

        void CheckLength(ReadOnlySpan<float> span, string name)
        {
            if (!span.IsEmpty && span.Length < length)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture,
                        $"The output of {Info.Name} for {batch.Count} samples is {batch.Count}×{Info.OutputLength} = {length} floats; "
                            + $"the span has {span.Length}."),
                    name);
            }
        }
    }
}
