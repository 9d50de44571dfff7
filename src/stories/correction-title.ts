const opening =
  /^\s*(?:correct(?:ion|ed)|clarification|correcci[oó]n|fe de erratas|fe de errores|rectifica(?:tion|ción)|rectificatif|correctif|correção|errata|ispravk|ispravak|исправк|korrigjim|përmirësim|تصحيح|تصويب)/iu;

/** `Correction: Examplia has not agreed`: the outlet takes back what it told; nobody did anything. */
export function isCorrectionTitle(title: string): boolean {
  return opening.test(title);
}
