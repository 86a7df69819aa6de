using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace ModelGen.Generator.Frontend.Diagnostics;

/// <summary>Every diagnostic of ModelGen. Each has a page <c>generator/docs/MG….md</c> with a wrong and a right example.</summary>
internal static class Descriptors
{
    private const string HelpFolder = "generator/docs/";

    private const string Declaration = "ModelGen.Declaration", Shapes = "ModelGen.Shapes", Differentiation = "ModelGen.Differentiation",
        Targets = "ModelGen.Targets", Internal = "ModelGen.Internal";

    public static readonly DiagnosticDescriptor
        NotPartial = Error("MG1001", "The class is not partial", Declaration),
        NoShape = Error("MG1002", "An input has no shape", Declaration),
        UnsupportedCode = Error("MG1003", "C# without a meaning at compile time", Declaration),
        UnusedLayer = Warning("MG1004", "A layer is never called", Declaration),
        UnknownValue = Error("MG1005", "A value is not known at compile time", Declaration),
        WrongForward = Error("MG1006", "Forward is missing or has the wrong form", Declaration),
        WrongLoss = Error("MG1007", "Loss has the wrong form", Declaration),
        WrongClass = Error("MG1008", "The class cannot be a model or module", Declaration),
        Budget = Error("MG1009", "Evaluating the model does not end", Declaration),
        LayerInForward = Error("MG1010", "A layer is made while the model runs", Declaration),
        Rejected = Error("MG1011", "A module rejects its arguments", Declaration),
        UnknownModule = Error("MG1012", "A module cannot be read", Declaration),
        NameTaken = Error("MG1013", "A member has the name of a generated one", Declaration),
        SameParameterName = Error("MG1014", "Two parameters have the same name", Declaration),
        ShapesDisagree = Error("MG2001", "Shapes do not agree", Shapes),
        WrongRank = Error("MG2002", "Wrong number of axes", Shapes),
        ExpectsVector = Error("MG2003", "A vector is expected", Shapes),
        KernelTooLarge = Error("MG2004", "The kernel is larger than its padded input", Shapes),
        GroupsDoNotDivide = Error("MG2005", "Channels are not divisible", Shapes),
        ReshapeChangesLength = Error("MG2006", "The number of elements changes", Shapes),
        AxisOutOfRange = Error("MG2007", "The axis does not exist", Shapes),
        ConcatDisagrees = Error("MG2008", "Sizes beside the joined axis differ", Shapes),
        BadArgument = Error("MG2009", "An argument is out of range", Shapes),
        LabelsDoNotFit = Error("MG2010", "Labels do not fit the scores", Shapes),
        TargetDoesNotFit = Error("MG2011", "The target does not fit the output", Shapes),
        HeadsDoNotDivide = Error("MG2012", "Heads do not divide the features", Shapes),
        SharedLayerDisagrees = Error("MG2013", "A shared layer gets inputs of different sizes", Shapes),
        SizeTooLarge = Error("MG2014", "A size is beyond the limit", Shapes),
        SoftmaxIntoLoss = Warning("MG2101", "The loss applies the activation itself", Shapes),
        BiasBeforeNorm = Warning("MG2102", "A bias before batch norm has no effect", Shapes),
        ReluTwice = Warning("MG2103", "An activation follows one that it cannot change", Shapes),
        GradientCut = Warning("MG2104", "The gradient is zero everywhere", Shapes),
        DroppedElements = Warning("MG2105", "The stride leaves elements unread", Shapes),
        StartDoesNotFit = Warning("MG2106", "The initialiser does not fit the activation", Shapes),
        LossNotScalar = Error("MG3001", "The loss is not one number", Differentiation),
        ParameterWithoutGradient = Warning("MG3002", "The loss does not depend on a parameter", Differentiation),
        UnsafeNotAllowed = Error("MG4001", "The project does not allow unsafe code", Targets),
        OldLanguage = Error("MG4002", "The language version is too old", Targets),
        InternalError = Error("MG9001", "The compiler of models failed", Internal);

    public static readonly ImmutableArray<DiagnosticDescriptor> All = ImmutableArray.Create(
        NotPartial, NoShape, UnsupportedCode, UnusedLayer, UnknownValue, WrongForward, WrongLoss, WrongClass, Budget, LayerInForward, Rejected, UnknownModule,
            NameTaken, SameParameterName,
        ShapesDisagree, WrongRank, ExpectsVector, KernelTooLarge, GroupsDoNotDivide, ReshapeChangesLength, AxisOutOfRange, ConcatDisagrees, BadArgument,
            LabelsDoNotFit,
        TargetDoesNotFit, HeadsDoNotDivide, SharedLayerDisagrees, SizeTooLarge, SoftmaxIntoLoss, BiasBeforeNorm, ReluTwice, GradientCut, DroppedElements,
            StartDoesNotFit,
        LossNotScalar, ParameterWithoutGradient, UnsafeNotAllowed, OldLanguage, InternalError);

    private static readonly Dictionary<string, DiagnosticDescriptor> ById = All.ToDictionary(d => d.Id);

    /// <summary>The descriptor of an id; an id nobody declared is a defect of ours.</summary>
    public static DiagnosticDescriptor Of(string id) => ById.TryGetValue(id, out var descriptor) ? descriptor : InternalError;

    public static bool IsError(Finding finding) => finding.Id.Length > 0 && Of(finding.Id).DefaultSeverity == DiagnosticSeverity.Error;

    // A wrong model has no meaning that a lower severity could keep; what is only suspicious is the person's to decide.
    private static DiagnosticDescriptor Error(string id, string title, string category) =>
        new(id, title, "{0}", category, DiagnosticSeverity.Error, true, helpLinkUri: HelpFolder + id + ".md",
            customTags: WellKnownDiagnosticTags.NotConfigurable);

    private static DiagnosticDescriptor Warning(string id, string title, string category) =>
        new(id, title, "{0}", category, DiagnosticSeverity.Warning, true, helpLinkUri: HelpFolder + id + ".md");
}
