namespace ModelGen;

/// <summary>Provides saving and loading of any model.</summary>
public static class ModelExtensions
{
    /// <inheritdoc cref="SafeTensors.Save(string, ParameterSet)"/>
    /// <param name="model">The model whose parameters and buffers are saved.</param>
    /// <param name="path">The file; replaced if it exists.</param>
    public static void Save(this IModel model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        SafeTensors.Save(path, model.Parameters);
    }

    /// <inheritdoc cref="SafeTensors.Save(string, ParameterSet, ValueTuple{string, string}[])"/>
    /// <param name="model">The model whose parameters and buffers are saved.</param>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="metadata">The texts by name.</param>
    public static void Save(this IModel model, string path, params (string Key, string Value)[] metadata)
    {
        ArgumentNullException.ThrowIfNull(model);
        SafeTensors.Save(path, model.Parameters, metadata);
    }

    /// <inheritdoc cref="SafeTensors.Load"/>
    /// <param name="model">The model whose parameters and buffers are filled; unchanged unless everything fits.</param>
    /// <param name="path">The file.</param>
    public static void Load(this IModel model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        SafeTensors.Load(path, model.Parameters);
    }
}
