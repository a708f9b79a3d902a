import type { Kind } from '@tongguan/law'

/** One attribute of DICOM PS3.6: keyword, value representation, and what it says of a person where it does. */
export interface Attribute {
  readonly keyword: string
  readonly vr: string
  readonly kind?: Kind
}

/**
 * The attributes that speak of persons or of where and when they were (PS3.15 table E.1-1 names most of them), and those a
 * reader needs around them. An attribute that is not here is read all the same and named by its tag.
 */
export const attributes: ReadonlyMap<string, Attribute> = new Map(
  `
x00080005 CS SpecificCharacterSet
x00080008 CS ImageType
x00080012 DA InstanceCreationDate event_date
x00080014 UI InstanceCreatorUID
x00080016 UI SOPClassUID
x00080018 UI SOPInstanceUID dicom_uid
x00080020 DA StudyDate event_date
x00080021 DA SeriesDate event_date
x00080022 DA AcquisitionDate event_date
x00080023 DA ContentDate event_date
x0008002a DT AcquisitionDateTime event_date
x00080030 TM StudyTime
x00080031 TM SeriesTime
x00080032 TM AcquisitionTime
x00080033 TM ContentTime
x00080050 SH AccessionNumber accession_no
x00080060 CS Modality procedure
x00080064 CS ConversionType
x00080070 LO Manufacturer
x00080080 LO InstitutionName org_name
x00080081 ST InstitutionAddress org_name
x00080090 PN ReferringPhysicianName staff_name
x00080092 ST ReferringPhysicianAddress address
x00080094 SH ReferringPhysicianTelephoneNumbers phone
x0008009c PN ConsultingPhysicianName staff_name
x00080100 SH CodeValue
x00080102 SH CodingSchemeDesignator
x00080104 LO CodeMeaning
x00080201 SH TimezoneOffsetFromUTC
x00081010 SH StationName device_id
x00081030 LO StudyDescription procedure
x00081032 SQ ProcedureCodeSequence
x0008103e LO SeriesDescription procedure
x00081040 LO InstitutionalDepartmentName org_name
x00081048 PN PhysiciansOfRecord staff_name
x00081050 PN PerformingPhysicianName staff_name
x00081060 PN NameOfPhysiciansReadingStudy staff_name
x00081070 PN OperatorsName staff_name
x00081080 LO AdmittingDiagnosesDescription diagnosis
x00081084 SQ AdmittingDiagnosesCodeSequence
x00081090 LO ManufacturerModelName
x00081110 SQ ReferencedStudySequence
x00081111 SQ ReferencedPerformedProcedureStepSequence
x00081115 SQ ReferencedSeriesSequence
x00081120 SQ ReferencedPatientSequence
x00081140 SQ ReferencedImageSequence
x00081150 UI ReferencedSOPClassUID
x00081155 UI ReferencedSOPInstanceUID dicom_uid
x00081199 SQ ReferencedSOPSequence
x00082111 ST DerivationDescription clinical_note
x00082112 SQ SourceImageSequence
x00084000 LT IdentifyingComments clinical_note
x00100010 PN PatientName name
x00100020 LO PatientID medical_record_no
x00100021 LO IssuerOfPatientID org_name
x00100030 DA PatientBirthDate birth_date
x00100032 TM PatientBirthTime
x00100040 CS PatientSex sex
x00100050 SQ PatientInsurancePlanCodeSequence
x00101000 LO OtherPatientIDs medical_record_no
x00101001 PN OtherPatientNames name
x00101002 SQ OtherPatientIDsSequence
x00101005 PN PatientBirthName name
x00101010 AS PatientAge age
x00101020 DS PatientSize vital_sign
x00101030 DS PatientWeight vital_sign
x00101040 LO PatientAddress address
x00101050 LO InsurancePlanIdentification insurance_id
x00101060 PN PatientMotherBirthName name
x00101080 LO MilitaryRank occupation
x00101081 LO BranchOfService employer
x00101090 LO MedicalRecordLocator medical_record_no
x00102000 LO MedicalAlerts diagnosis
x00102110 LO Allergies allergy
x00102150 LO CountryOfResidence country
x00102152 LO RegionOfResidence region
x00102154 SH PatientTelephoneNumbers phone
x00102155 LT PatientTelecomInformation phone
x00102160 SH EthnicGroup ethnicity
x00102180 SH Occupation occupation
x001021a0 CS SmokingStatus diagnosis
x001021b0 LT AdditionalPatientHistory clinical_note
x001021c0 US PregnancyStatus diagnosis
x001021d0 DA LastMenstrualDate event_date
x001021f0 LO PatientReligiousPreference religion
x00102201 LO PatientSpeciesDescription
x00102203 CS PatientSexNeutered
x00102292 LO PatientBreedDescription
x00102297 PN ResponsiblePerson name
x00102298 CS ResponsiblePersonRole
x00102299 LO ResponsibleOrganization org_name
x00104000 LT PatientComments clinical_note
x00120010 LO ClinicalTrialSponsorName
x00120020 LO ClinicalTrialProtocolID
x00120030 LO ClinicalTrialSiteID
x00120040 LO ClinicalTrialSubjectID subject_id
x00120042 LO ClinicalTrialSubjectReadingID subject_id
x00120062 CS PatientIdentityRemoved
x00120063 LO DeidentificationMethod
x00180010 LO ContrastBolusAgent medication
x00180015 CS BodyPartExamined procedure
x00181000 LO DeviceSerialNumber device_id
x00181002 UI DeviceUID device_id
x00181004 LO PlateID
x00181008 LO GantryID device_id
x00181020 LO SoftwareVersions
x00181030 LO ProtocolName procedure
x00181200 DA DateOfLastCalibration
x00184000 LT AcquisitionComments clinical_note
x0020000d UI StudyInstanceUID dicom_uid
x0020000e UI SeriesInstanceUID dicom_uid
x00200010 SH StudyID accession_no
x00200011 IS SeriesNumber
x00200012 IS AcquisitionNumber
x00200013 IS InstanceNumber
x00200052 UI FrameOfReferenceUID dicom_uid
x00200060 CS Laterality
x00204000 LT ImageComments clinical_note
x00280301 CS BurnedInAnnotation
x00281040 CS PixelIntensityRelationship
x00284000 LT ImagePresentationComments clinical_note
x00321032 PN RequestingPhysician staff_name
x00321033 LO RequestingService org_name
x00321060 LO RequestedProcedureDescription procedure
x00321064 SQ RequestedProcedureCodeSequence
x00321070 LO RequestedContrastAgent medication
x00324000 LT StudyComments clinical_note
x00380010 LO AdmissionID visit
x00380020 DA AdmittingDate event_date
x00380050 LO SpecialNeeds diagnosis
x00380300 LO CurrentPatientLocation org_name
x00380400 LO PatientInstitutionResidence org_name
x00380500 LO PatientState diagnosis
x00384000 LT VisitComments clinical_note
x00400006 PN ScheduledPerformingPhysicianName staff_name
x00400007 LO ScheduledProcedureStepDescription procedure
x00400009 SH ScheduledProcedureStepID accession_no
x00400241 AE PerformedStationAETitle device_id
x00400244 DA PerformedProcedureStepStartDate event_date
x00400245 TM PerformedProcedureStepStartTime
x00400253 SH PerformedProcedureStepID accession_no
x00400254 LO PerformedProcedureStepDescription procedure
x00400275 SQ RequestAttributesSequence
x00400280 ST CommentsOnThePerformedProcedureStep clinical_note
x00401001 SH RequestedProcedureID accession_no
x00401400 LT RequestedProcedureComments clinical_note
x00402016 LO PlacerOrderNumberImagingServiceRequest accession_no
x00402017 LO FillerOrderNumberImagingServiceRequest accession_no
x0040a027 LO VerifyingOrganization org_name
x0040a030 DT VerificationDateTime event_date
x0040a040 CS ValueType
x0040a043 SQ ConceptNameCodeSequence
x0040a073 SQ VerifyingObserverSequence
x0040a075 PN VerifyingObserverName staff_name
x0040a120 DT DateTime event_date
x0040a121 DA Date event_date
x0040a123 PN PersonName staff_name
x0040a160 UT TextValue imaging_report
x0040a168 SQ ConceptCodeSequence
x0040a360 SQ PredecessorDocumentsSequence
x0040a372 SQ PerformedProcedureCodeSequence
x0040a730 SQ ContentSequence
x00700084 PN ContentCreatorName staff_name
x00880140 UI StorageMediaFileSetUID
x00041130 CS FileSetID
x00041220 SQ DirectoryRecordSequence
x00041430 CS DirectoryRecordType
x00041500 CS ReferencedFileID
x30060002 SH StructureSetLabel
x30060008 DA StructureSetDate event_date
x30060010 SQ ReferencedFrameOfReferenceSequence
x30060012 SQ RTReferencedStudySequence
x30060014 SQ RTReferencedSeriesSequence
x300600a6 PN ROIInterpreter staff_name
x300a0004 LO RTPlanName
x300a0006 DA RTPlanDate event_date
x300a00b0 SQ BeamSequence
x300e0008 PN ReviewerName staff_name
x40080102 PN InterpretationRecorder staff_name
x4008010b ST InterpretationText imaging_report
x40080300 ST Impressions imaging_report
x40084000 ST ResultsComments imaging_report
`
    .trim()
    .split('\n')
    .map((line) => {
      const [tag = '', vr = '', keyword = '', kind] = line.split(' ')
      // The kinds are those of law/terms.ts; a test holds each.
      return [tag, { keyword, vr, ...(kind === undefined ? {} : { kind: kind as Kind }) }] as const
    }),
)
