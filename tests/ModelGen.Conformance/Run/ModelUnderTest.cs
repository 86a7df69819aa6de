using ModelGen.Gpu;

namespace ModelGen.Conformance;

/// <summary>A compiled model with the tensors of its case in it, on the CPU or in a device session.</summary>
internal sealed class ModelUnderTest : IDisposable
{
    private readonly CompiledCase _compiled;
    private readonly IJvpModel _host;
    private readonly IDisposable? _session;

    /// <param name="device">Null for the CPU.</param>
    public ModelUnderTest(CompiledCase compiled, Type type, GpuDevice? device)
    {
        _compiled = compiled;
        _host = (IJvpModel)Activator.CreateInstance(type)!;
        Fill();
        Batch = NewBatch(TensorOf);
        var session = device is null ? null : new GpuSession<IGpuModel>((IGpuModel)_host, device);
        _session = session;
        Model = session is null ? _host : session;
    }

    /// <summary>What computes.</summary>
    public IJvpModel Model { get; }

    public ParameterSet Parameters => Model.Parameters;

    public Batch Batch { get; }

    /// <summary>The file's name for each parameter and buffer of the model.</summary>
    public IEnumerable<(string Name, ParameterView View)> NamedParameters => Parameters.Select(v => (NameOf(v), v));

    /// <summary>A batch whose columns hold tensors of the file; what has none is zero.</summary>
    public Batch NewBatch(Func<string, TensorData?> tensorOf)
    {
        var info = _host.Info;
        var batch = new Batch(info, _compiled.Source.Samples) { Count = _compiled.Source.Samples };
        for (var i = 0; i < info.Inputs.Count; i++)
        {
            if (info.Inputs[i].Name == ModelSource.RowsName)
            {
                for (var row = 0; row < batch.Count; row++) batch.Ints(i)[row] = row;
                continue;
            }
            if (tensorOf(_compiled.Source.Inputs[info.Inputs[i].Name]) is not { } tensor) continue;
            for (var k = 0; k < tensor.Data.Length; k++)
                if (info.Inputs[i].IsLabels) batch.Ints(i)[k] = (int)tensor.Data[k];
                else batch.Floats(i)[k] = (float)tensor.Data[k];
        }
        return batch;
    }

    /// <summary>A direction of the parameters.</summary>
    public float[] Direction(IReadOnlyDictionary<string, TensorData> tangents)
    {
        var direction = new float[_host.Info.ParameterFloats];
        foreach (var (name, view) in NamedParameters)
        {
            if (view.IsBuffer || !tangents.TryGetValue(name, out var tangent)) continue;
            var moved = _compiled.Description.Moved(name, tangent);
            for (var k = 0; k < view.Length; k++) direction[view.Spec.Offset + k] = (float)moved.Data[k];
        }
        return direction;
    }

    /// <summary>One output out of the rows of all.</summary>
    /// <param name="length">Its elements in the file: fewer than the batch has where it is one for the whole batch.</param>
    public float[] Output(float[] all, int output, int length)
    {
        var info = _host.Info;
        var start = info.Outputs.Take(output).Sum(o => o.Length);
        var values = new List<float>();
        for (var row = 0; row < Batch.Count && values.Count < length; row++)
            values.AddRange(all.AsSpan((row * info.OutputLength) + start, info.Outputs[output].Length));
        return [.. values];
    }

    public void Dispose()
    {
        Batch.Dispose();
        _session?.Dispose();
        (_host as IDisposable)?.Dispose();
    }

    private string NameOf(ParameterView view) => _compiled.Source.NameInFile(view.Path) ?? view.Path;

    private TensorData? TensorOf(string name)
    {
        var c = _compiled.Case;
        var tensor = name.StartsWith(ModelSource.CotangentPrefix, StringComparison.Ordinal) ? c.Cotangents[name = name[ModelSource.CotangentPrefix.Length..]]
            : name == "target" && c.Target is { } target ? target
            : c.Inputs[name];
        return _compiled.Description.Moved(name, tensor);
    }

    private void Fill()
    {
        var c = _compiled.Case;
        foreach (var view in _host.Parameters)
        {
            var name = NameOf(view);
            var tensors = view.IsBuffer ? c.Buffers : c.Inputs.ContainsKey(name) ? c.Inputs : c.Parameters;
            if (!tensors.TryGetValue(name, out var tensor))
                throw new CaseFormatException($"the model has a {(view.IsBuffer ? "buffer" : "parameter")} '{name}' that the file lacks");
            tensor = _compiled.Description.Moved(name, tensor);
            if (tensor.Data.Length != view.Length)
                throw new CaseFormatException($"'{name}' has {tensor.Data.Length} elements in the file, {view.Length} in the model ({view.Spec})");
            var values = view.Values;
            for (var k = 0; k < values.Length; k++) values[k] = (float)tensor.Data[k];
        }
        foreach (var name in c.Parameters.Keys.Concat(c.Buffers.Keys))
            if (!_host.Parameters.Any(v => NameOf(v) == name))
                throw new CaseFormatException(
                    $"the file has a parameter '{name}' that the model lacks; it has {string.Join(", ", _host.Parameters.Select(NameOf))}");
    }
}
