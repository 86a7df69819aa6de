namespace ModelGen;

/// <summary>
/// Provides the base class of optimizers, which change parameters after each backward pass. One optimizer serves one model: it keeps state for each of its
/// parameters.
/// </summary>
public abstract class Optimizer
{
    private float _learningRate;

    /// <summary>Initializes a new instance of the <see cref="Optimizer"/> class with a learning rate.</summary>
    /// <param name="learningRate">Finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    protected Optimizer(float learningRate) => _learningRate = Require.NotNegative(learningRate);

    /// <summary>Gets or sets the learning rate of the next step; a schedule sets it before each step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The rate is negative or not finite.</exception>
    public float LearningRate
    {
        get => _learningRate;
        set => _learningRate = Require.NotNegative(value);
    }

    /// <summary>Gets the number of steps made.</summary>
    public long Steps { get; private protected set; }

    /// <summary>Updates the trainable parameters along their gradients.</summary>
    /// <param name="parameters">The parameters with the gradients of the last backward pass; the same set in every call.</param>
    /// <exception cref="InvalidOperationException">The optimizer has served another set before.</exception>
    /// <exception cref="ObjectDisposedException">The model of the parameters was disposed.</exception>
    public void Step(ParameterSet parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _ = parameters.Arenas;
        Update(parameters, Steps + 1);
        Steps++;
        parameters.NoteChange();
    }

    /// <summary>Makes one step.</summary>
    /// <param name="parameters">The parameters and their gradients.</param>
    /// <param name="step">The number of this step, from 1.</param>
    protected abstract void Update(ParameterSet parameters, long step);

    /// <summary>The state for the file of a trainer; null where the kind of optimizer has none to give.</summary>
    internal virtual IEnumerable<SafeTensors.Entry>? SavedState() => null;

    /// <summary>Makes room for the state of a trainer's file; null where the kind of optimizer takes none.</summary>
    /// <param name="parameters">The parameters that will be stepped.</param>
    /// <param name="steps">How many steps were made.</param>
    /// <param name="commit">Takes the state over once it is filled.</param>
    internal virtual IEnumerable<SafeTensors.Entry>? StateToLoad(ParameterSet parameters, long steps, out Action commit)
    {
        commit = () => { };
        return null;
    }
}
