using System.Runtime.Intrinsics;
using ModelGen.Runtime;

namespace ModelGen;

/// <summary>An optimizer that is one vectorised sweep over the flat parameters, gradients and up to three arrays of state.</summary>
/// <remarks>No step allocates after the first. State below 1.18e-38 is set to 0.</remarks>
public abstract unsafe class FlatOptimizer : Optimizer
{
    private readonly string[] _stateNames;
    private readonly float _initialState;
    private AlignedBuffer[] _state = [];
    private ParameterSet? _parameters;

    private protected FlatOptimizer(float learningRate, float initialState, params string[] stateNames)
        : base(learningRate)
    {
        _stateNames = stateNames;
        _initialState = initialState;
    }

    /// <summary>Writes the state to a safetensors file (a temporary file first, then renamed), to continue training later.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidOperationException">No step was made yet, so there is no state.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        if (_parameters is null)
            throw new InvalidOperationException("The optimizer has made no step yet: there is no state to save.");
        SafeTensors.Write(path, Tensors(_parameters), ("optimizer", GetType().Name), ("steps", Steps.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        GC.KeepAlive(this);
    }

    /// <summary>Reads what <see cref="Save"/> wrote, for the same kind of optimizer and the same model. Nothing changes unless all fits.</summary>
    /// <param name="path">The file.</param>
    /// <param name="parameters">The parameters that will be stepped.</param>
    /// <exception cref="SafeTensorsException">The file is damaged, or its state is of another optimizer or model.</exception>
    public void Load(string path, ParameterSet parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var isFirst = _parameters is null;
        Bind(parameters);
        try
        {
            var metadata = SafeTensors.Read(path, Tensors(parameters), ("optimizer", GetType().Name));
            if (!metadata.TryGetValue("steps", out var text) ||
                !long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var steps))
            {
                throw new SafeTensorsException(path, "The metadata has no number of steps.");
            }

            Steps = steps;
        }
        catch when (isFirst)
        {
            // Not tied to a model whose state could not be read.
            _parameters = null;
            throw;
        }

        GC.KeepAlive(this);
    }

    private protected void Sweep<TRule>(ParameterSet parameters, TRule rule)
        where TRule : struct, IUpdateRule
    {
        Bind(parameters);
        var a = _state.Length > 0 ? _state[0].Floats : null;
        var b = _state.Length > 1 ? _state[1].Floats : null;
        var c = _state.Length > 2 ? _state[2].Floats : null;
        foreach (var (start, end) in parameters.TrainableRanges)
        {
            if (Vector512.IsHardwareAccelerated)
                Sweep512(rule, parameters.ValuesStart, parameters.GradientsStart, a, b, c, start, end);
            else
                Sweep256(rule, parameters.ValuesStart, parameters.GradientsStart, a, b, c, start, end);
        }

        GC.KeepAlive(parameters);
        GC.KeepAlive(this);
    }

    // Ranges begin and end at multiples of 16 floats: gaps belong to the range before them, hold zeros and stay zero.
    private static void Sweep512<TRule>(TRule rule, float* p, float* g, float* a, float* b, float* c, int start, int end)
        where TRule : struct, IUpdateRule
    {
        var (va, vb, vc) = (Vector512<float>.Zero, Vector512<float>.Zero, Vector512<float>.Zero);
        for (var i = start; i < end; i += 16)
        {
            var value = Vector512.LoadAligned(p + i);
            if (a != null)
                va = Vector512.LoadAligned(a + i);
            if (b != null)
                vb = Vector512.LoadAligned(b + i);
            if (c != null)
                vc = Vector512.LoadAligned(c + i);
            rule.Apply(ref value, Vector512.LoadAligned(g + i), ref va, ref vb, ref vc);
            value.StoreAligned(p + i);
            if (a != null)
                va.StoreAligned(a + i);
            if (b != null)
                vb.StoreAligned(b + i);
            if (c != null)
                vc.StoreAligned(c + i);
        }
    }

    private static void Sweep256<TRule>(TRule rule, float* p, float* g, float* a, float* b, float* c, int start, int end)
        where TRule : struct, IUpdateRule
    {
        var (va, vb, vc) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
        for (var i = start; i < end; i += 8)
        {
            var value = Vector256.LoadAligned(p + i);
            if (a != null)
                va = Vector256.LoadAligned(a + i);
            if (b != null)
                vb = Vector256.LoadAligned(b + i);
            if (c != null)
                vc = Vector256.LoadAligned(c + i);
            rule.Apply(ref value, Vector256.LoadAligned(g + i), ref va, ref vb, ref vc);
            value.StoreAligned(p + i);
            if (a != null)
                va.StoreAligned(a + i);
            if (b != null)
                vb.StoreAligned(b + i);
            if (c != null)
                vc.StoreAligned(c + i);
        }
    }

    private void Bind(ParameterSet parameters)
    {
        if (ReferenceEquals(_parameters, parameters))
            return;
        if (_parameters is not null)
        {
            throw new InvalidOperationException(
                $"This {GetType().Name} holds the state of another model's parameters ({_parameters.Info.Name}): make one optimizer for each model.");
        }

        _state = new AlignedBuffer[_stateNames.Length];
        for (var i = 0; i < _state.Length; i++)
        {
            _state[i] = AlignedBuffer.OfFloats(parameters.Info.ParameterFloats);
            if (_initialState != 0)
            {
                foreach (var spec in parameters.Info.Parameters)
                    new Span<float>(_state[i].Floats + spec.Offset, spec.Length).Fill(_initialState);
            }
        }

        _parameters = parameters;
    }

    private IEnumerable<SafeTensors.Entry> Tensors(ParameterSet parameters)
    {
        for (var i = 0; i < _stateNames.Length; i++)
        {
            foreach (var spec in parameters.Info.Parameters)
                yield return Tensor(spec, i);
        }
    }

    private SafeTensors.Entry Tensor(ParameterSpec spec, int state) =>
        new($"{spec.Path}.{_stateNames[state]}", spec.Shape, _state[state].Floats + spec.Offset, spec.Length);
}
