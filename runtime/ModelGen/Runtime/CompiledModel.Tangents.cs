using System.Globalization;

namespace ModelGen.Runtime;

/// <content>Derivatives along a direction.</content>
public abstract unsafe partial class CompiledModel
{
    /// <inheritdoc cref="IJvpModel.Jvp"/>
    public float Jvp(Batch batch, Batch? inputTangents, ReadOnlySpan<float> parameterTangents, Span<float> output, Span<float> outputTangents, uint stepSeed)
    {
        var memory = Memory;
        var (columns, n) = Check(batch);
        BatchMemory? directions = null;
        if (inputTangents is not null)
        {
            (directions, var count) = inputTangents.Usable(Info);
            if (count != n)
                throw new ArgumentException(FormattableString.Invariant($"The direction has {count} samples, the batch {n}."), nameof(inputTangents));
        }

        if (!parameterTangents.IsEmpty && parameterTangents.Length != Info.ParameterFloats)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"A direction of the parameters of {Info.Name} is {Info.ParameterFloats} floats; the span has {parameterTangents.Length}."),
                nameof(parameterTangents));
        }

        if (!output.IsEmpty)
            CheckOutput(n, output);
        if (!outputTangents.IsEmpty)
            CheckOutput(n, outputTangents);
        var length = (long)n * Info.OutputLength;
        var workspace = memory.Workspaces.Rent();
        var scratch = workspace.Memory(Info.JvpWorkspaceFloats(n), Info, "a directional derivative", n);
        Fill(out var context, memory, columns, n, scratch, workspace.Loss.Floats);
        PrepareIfChanged(in context);
        context.Output = workspace.Output((2 * length) + 1).Floats;
        context.Seed = stepSeed;
        // The columns first: they may need more zeros, and what takes the zeros' address afterwards needs no more than they do.
        context.Inputs = InputTangents(workspace, columns, directions, n);
        context.Tangents = ParameterTangents(workspace, parameterTangents);
        Tangent(in context);
        if (!output.IsEmpty)
            OutputRows.Fill(Info, new ReadOnlySpan<float>(context.Output, (int)length), n, output);
        if (!outputTangents.IsEmpty)
            OutputRows.Fill(Info, new ReadOnlySpan<float>(context.Output + length, (int)length), n, outputTangents);
        var loss = Info.HasLoss ? context.Output[2 * length] : float.NaN;
        memory.Workspaces.Return(workspace);
        GC.KeepAlive(columns);
        GC.KeepAlive(directions);
        GC.KeepAlive(memory);
        return loss;
    }

    /// <summary>Computes the forward pass in training mode along a direction: fills Output with the outputs, their derivatives and that of the loss.</summary>
    /// <param name="s">Gradients is null; the directions of the floating-point inputs follow the inputs.</param>
    protected virtual void Tangent(in StepContext s) =>
        throw new InvalidOperationException($"{Info.Name} was not compiled with directional derivatives: declare it [Model(Jvp = true)].");

    private float* ParameterTangents(Workspace workspace, ReadOnlySpan<float> tangents)
    {
        if (tangents.IsEmpty)
            return workspace.Zeros(Info.ParameterFloats).Floats;
        var buffer = workspace.Tangents(Info.ParameterFloats);
        tangents.CopyTo(buffer.Span<float>(0, tangents.Length));
        return buffer.Floats;
    }

    private void** InputTangents(Workspace workspace, BatchMemory batch, BatchMemory? tangents, int samples)
    {
        var count = Info.Inputs.Count;
        var columns = (void**)workspace.Columns(2L * count * sizeof(void*)).Start;
        var longest = (long)Info.ParameterFloats;
        for (var i = 0; i < count; i++)
            longest = Math.Max(longest, (long)Info.Inputs[i].Length * (Info.Inputs[i].HasBatch ? samples : 1));
        var zeros = tangents is null ? workspace.Zeros(longest).Start : null;
        var next = count;
        for (var i = 0; i < count; i++)
        {
            columns[i] = batch.Addresses[i];
            if (!Info.Inputs[i].IsLabels)
                columns[next++] = tangents is null ? zeros : tangents.Addresses[i];
        }

        return columns;
    }
}
