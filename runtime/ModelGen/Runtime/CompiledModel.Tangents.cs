using System.Globalization;

namespace ModelGen.Runtime;

/// <content>Derivatives along a direction.</content>
public abstract unsafe partial class CompiledModel
{
    /// <inheritdoc cref="IJvpModel.Jvp"/>
    public float Jvp(Batch batch, Batch? inputTangents, ReadOnlySpan<float> parameterTangents, Span<float> output, Span<float> outputTangents, uint stepSeed)
    {
        Check(batch);
        if (inputTangents is not null)
        {
            inputTangents.ThrowIfUnusable(Info);
            if (inputTangents.Count != batch.Count)
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The direction has {inputTangents.Count} samples, the batch {batch.Count}."), nameof(inputTangents));
        }

        if (!parameterTangents.IsEmpty && parameterTangents.Length != Info.ParameterFloats)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"A direction of the parameters of {Info.Name} is {Info.ParameterFloats} floats; the span has {parameterTangents.Length}."),
                nameof(parameterTangents));
        }

        if (!output.IsEmpty)
            CheckOutput(batch, output);
        if (!outputTangents.IsEmpty)
            CheckOutput(batch, outputTangents);
        var n = batch.Count;
        var length = n * Info.OutputLength;
        var workspace = _workspaces.Rent();
        workspace.Memory.EnsureAtLeast(Info.JvpWorkspaceFloats(n) * sizeof(float));
        workspace.Output.EnsureAtLeast(((2L * length) + 1) * sizeof(float));
        Fill(out var context, batch, workspace.Memory, workspace.Loss);
        PrepareIfChanged(in context);
        context.Output = workspace.Output.Floats;
        context.Seed = stepSeed;
        // The columns first: they may need more zeros, and what takes the zeros' address afterwards needs no more than they do.
        context.Inputs = InputTangents(workspace, batch, inputTangents);
        context.Tangents = ParameterTangents(workspace, parameterTangents);
        Tangent(in context);
        if (!output.IsEmpty)
            OutputRows.Fill(Info, new ReadOnlySpan<float>(context.Output, length), n, output);
        if (!outputTangents.IsEmpty)
            OutputRows.Fill(Info, new ReadOnlySpan<float>(context.Output + length, length), n, outputTangents);
        var loss = Info.HasLoss ? context.Output[2 * length] : float.NaN;
        _workspaces.Return(workspace);
        GC.KeepAlive(batch);
        GC.KeepAlive(inputTangents);
        GC.KeepAlive(this);
        return loss;
    }

    /// <summary>Forward in training mode along a direction: fills Output with the outputs, their derivatives and that of the loss.</summary>
    /// <param name="s">Gradients is null; the directions of the floating-point inputs follow the inputs.</param>
    protected virtual void Tangent(in StepContext s) =>
        throw new InvalidOperationException($"{Info.Name} was not compiled with directional derivatives: declare it [Model(Jvp = true)].");

    private float* ParameterTangents(Workspace workspace, ReadOnlySpan<float> tangents)
    {
        var bytes = (long)Info.ParameterFloats * sizeof(float);
        if (tangents.IsEmpty)
        {
            workspace.Zeros.EnsureAtLeast(bytes);
            return workspace.Zeros.Floats;
        }

        workspace.Tangents.EnsureAtLeast(bytes);
        tangents.CopyTo(new Span<float>(workspace.Tangents.Floats, tangents.Length));
        return workspace.Tangents.Floats;
    }

    private void** InputTangents(Workspace workspace, Batch batch, Batch? tangents)
    {
        var count = Info.Inputs.Count;
        workspace.Columns.EnsureAtLeast(2L * count * sizeof(void*));
        var columns = (void**)workspace.Columns.Start;
        var longest = (long)Info.ParameterFloats;
        for (var i = 0; i < count; i++)
            longest = Math.Max(longest, (long)Info.Inputs[i].Length * (Info.Inputs[i].HasBatch ? batch.Count : 1));
        if (tangents is null)
            workspace.Zeros.EnsureAtLeast(longest * sizeof(float));
        var next = count;
        for (var i = 0; i < count; i++)
        {
            columns[i] = batch.Columns[i];
            if (!Info.Inputs[i].IsLabels)
                columns[next++] = tangents is null ? workspace.Zeros.Start : tangents.Columns[i];
        }

        return columns;
    }
}
