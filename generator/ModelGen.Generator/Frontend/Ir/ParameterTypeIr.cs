namespace ModelGen.Generator.Frontend.Ir;

/// <summary>What a parameter of Forward, Loss or a helper takes.</summary>
internal enum ParameterTypeIr
{
    /// <summary>A constant, a layer, a module …</summary>
    Other,
    Tensor,
    Labels,
}
